using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Images;
using Dlcs.Write.Spaces;
using static Dlcs.Unit.Write.Images;

namespace Dlcs.Unit.Write;

public sealed class RegisteringAnImage : Specification<Image>
{
    private static readonly RegisterImage Again = new(Described(Id), Second, Lane.Normal, Batch: 7, Member: 3);

    private static readonly RegisterImage Bare =
        Again with { Image = Described(Id) with { Origin = null, String1 = "as it should be" } };

    private static Decision RegisterBare(Image image) => RegisterImage.Decide(Bare, image);

    private static Decision Register(Image image) => RegisterImage.Decide(Again, image);

    private static ImageRegistered After(ImageStanding? before) =>
        new(Id, Second, Described(Id), Lane.Normal, Batch: 7, Member: 3, before);

    [Fact]
    public void records_all_that_is_said_of_it() => Given().When(Register).Appends(After(before: null));

    [Fact]
    public void again_says_how_it_stood() => Given(Registered).When(Register).Appends(After(Waiting));

    [Fact]
    public void again_when_it_is_ready_says_what_is_stored() =>
        Given(Registered, Ingested).When(Register).Appends(After(Ready));

    [Fact]
    public void again_when_it_failed_says_so() => Given(Registered, new ImageFailed(Id, First, "gone", Waiting))
        .When(Register).Appends(After(new(Waiting: false, Failed: true, Lane: Lane.Immediate)));

    [Fact]
    public void again_says_which_batch_it_leaves() => Given(Registered with { Batch = 6 })
        .When(Register).Appends(After(Waiting with { Batch = 6 }));

    [Fact]
    public void after_it_was_deleted_starts_anew() =>
        Given(Registered, Ingested, new ImageDeleted(Id, Ready)).When(Register).Appends(After(before: null));

    [Fact]
    public void under_the_same_registration_appends_nothing_even_when_it_was_deleted() =>
        Given(Registered with { Registration = Second }, new ImageDeleted(Id, Waiting)).When(Register).AppendsNothing();

    [Fact]
    public void without_an_origin_takes_the_bytes_that_were_sent_for_it_before()
    {
        var upload = new StoredUpload("2/uploads/aa/aa.bin", 5, "aa");
        var before = Registered with { Image = Described(Id) with { Origin = null, Upload = upload } };

        Given(before).When(RegisterBare)
            .Appends(After(Waiting) with { Image = Bare.Image with { Upload = upload } });
        Given(before, new ImageDeleted(Id, Waiting)).When(RegisterBare).IsRejected(RejectionKind.Invalid);
    }

    [Fact]
    public void without_channels_keeps_those_that_it_has()
    {
        var unsaid = Again with { Image = Described(Id) with { DeliveryChannels = [] } };
        var before = Registered with { Image = Described(Id) with { DeliveryChannels = [Images.Channels[0]] } };

        Given(before).When(image => RegisterImage.Decide(unsaid, image)).Appends(After(Waiting) with
        { Image = Described(Id) with { DeliveryChannels = [Images.Channels[0]] } });
        Given(before, new ImageDeleted(Id, Waiting)).When(image => RegisterImage.Decide(unsaid, image))
            .Appends(After(before: null));
        Given().When(image => RegisterImage.Decide(unsaid, image)).Appends(After(before: null));
    }

    [Fact]
    public void without_an_origin_is_refused_when_none_was_sent()
    {
        Given().When(RegisterBare).IsRejected(RejectionKind.Invalid);
        Given(Registered, Ingested).When(RegisterBare).IsRejected(RejectionKind.Invalid);
    }

    [Theory]
    [InlineData(SpaceStatus.Open, null)]
    [InlineData(SpaceStatus.Closing, RejectionKind.Conflict)]
    [InlineData(SpaceStatus.Deleted, RejectionKind.NotFound)]
    [InlineData(SpaceStatus.Unknown, RejectionKind.NotFound)]
    public void needs_an_open_space(SpaceStatus status, RejectionKind? refusal) =>
        (Space.Refuses(Id.Space, Space.Initial with { Status = status })?.Kind).ShouldBe(refusal);

    [Fact]
    public void passes_over_what_was_redacted() =>
        Given(Registered, new RedactedEvent("ImageDescribed")).When(Register).Appends(After(Waiting));

    [Fact]
    public void settles_for_who_waits_with_its_outcome_or_when_none_will_come()
    {
        Image.Settles(Ingested, Id, First).ShouldBeTrue();
        Image.Settles(new ImageFailed(Id, First, "gone", Waiting), Id, First).ShouldBeTrue();
        Image.Settles(Registered with { Registration = Second }, Id, First).ShouldBeTrue();
        Image.Settles(new ImageDeleted(Id, Waiting), Id, First).ShouldBeTrue();

        Image.Settles(Registered, Id, First).ShouldBeFalse();
        Image.Settles(Ingested, Id, Second).ShouldBeFalse();
        Image.Settles(Ingested, new ImageId(new(2, 6), "folio-1r"), First).ShouldBeFalse();
    }
}
