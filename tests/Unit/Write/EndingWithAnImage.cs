using Dlcs.Kernel.Events;
using Dlcs.Write.Images;
using static Dlcs.Unit.Write.Images;

namespace Dlcs.Unit.Write;

/// <summary>Outcomes, processing again, and deletion.</summary>
public sealed class EndingWithAnImage : Specification<Image>
{
    private static readonly ImageDeleted Deleted = new(Id, Waiting);

    private static Decision ReportIngested(Image image) => Dlcs.Write.Images.ReportIngested.Decide(
        new(
            Id, First, 800, 600, "image/tiff", Ingested.Origin, Ingested.Pyramid, Ingested.Thumbnails, Ingested.Tools),
        image);

    private static Decision ReportFailed(Image image, string reason = "the origin answered 404") =>
        Dlcs.Write.Images.ReportFailed.Decide(new(Id, First, reason), image);

    private static Decision Reprocess(Image image) => ReprocessImage.Decide(new(Id, Second), image);

    private static Decision Delete(Image image) => DeleteImage.Decide(new(Id), image);

    [Fact]
    public void reports_what_was_made() => Given(Registered).When(ReportIngested).Appends(Ingested);

    [Fact]
    public void reports_it_once() => Given(Registered, Ingested).When(ReportIngested).AppendsNothing();

    [Fact]
    public void drops_an_outcome_that_another_registration_superseded() =>
        Given(Registered, Registered with { Registration = Second }).When(ReportIngested).AppendsNothing();

    [Fact]
    public void drops_an_outcome_after_a_deletion() => Given(Registered, Deleted).When(ReportIngested).AppendsNothing();

    [Fact]
    public void reports_why_it_failed() => Given(Registered).When(image => ReportFailed(image))
        .Appends(new ImageFailed(Id, First, "the origin answered 404", Waiting));

    [Fact]
    public void reports_one_outcome_and_no_other() =>
        Given(Registered, Ingested).When(image => ReportFailed(image)).AppendsNothing();

    [Fact]
    public void keeps_of_a_reason_what_can_be_kept() => Given(Registered)
        .When(image => ReportFailed(image, "\0" + new string('x', 998) + "😀"))
        .Appends(new ImageFailed(Id, First, " " + new string('x', 998), Waiting));

    [Fact]
    public void processes_it_again_as_it_is_described() =>
        Given(Registered, Ingested, new ImageDescribed(Id, String1: "ms-2")).When(Reprocess)
            .Appends(new ImageRegistered(
                Id, Second, Described(Id) with { String1 = "ms-2" }, Lane.Priority, Before: Ready));

    [Fact]
    public void processes_nothing_that_is_not_there() => Given().When(Reprocess).IsRejected(RejectionKind.NotFound);

    [Fact]
    public void processes_nothing_that_was_deleted() =>
        Given(Registered, Deleted).When(Reprocess).IsRejected(RejectionKind.NotFound);

    [Fact]
    public void deletes_it_and_says_how_it_stood() =>
        Given(Registered, Ingested).When(Delete).Appends(new ImageDeleted(Id, Ready));

    [Fact]
    public void deletes_it_once() => Given(Registered, Deleted).When(Delete).IsRejected(RejectionKind.NotFound);
}
