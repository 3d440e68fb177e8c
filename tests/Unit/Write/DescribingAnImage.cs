using Dlcs.Kernel.Events;
using Dlcs.Write.Images;
using static Dlcs.Unit.Write.Images;

namespace Dlcs.Unit.Write;

public sealed class DescribingAnImage : Specification<Image>
{
    private static Decision Describe(Image image, string body) => DescribeImage.Decide(
        new DescribeImage(Id, Second, Faults.None<ImageBody>(body), "https://api.test"), image);

    private static ImageRegistered Again(ImageDescription image) =>
        new(Id, Second, image, Lane.Priority, Before: Ready);

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"string1":"ms-1","number1":1,"tags":["blue"],"roles":["clickthrough"]}""")]
    [InlineData("""{"roles":["https://api.test/customers/2/roles/clickthrough"]}""")]
    [InlineData("""{"origin":"https://example.org/1r.tif","maxUnauthorised":-1}""")]
    [InlineData("""{"deliveryChannels":["thumbs","iiif-img"]}""")]
    [InlineData("""{"origin":null,"mediaType":null,"deliveryChannels":null,"maxWidth":null}""")]
    public void to_what_it_is_appends_nothing(string body) =>
        Given(Registered, Ingested).When(image => Describe(image, body)).AppendsNothing();

    [Fact]
    public void keeps_what_is_not_named() => Given(Registered, Ingested)
        .When(image => Describe(image, """{"string2":"f. 1r"}"""))
        .Appends(new ImageDescribed(Id, String2: "f. 1r"));

    [Fact]
    public void clears_what_is_null() => Given(Registered, Ingested)
        .When(image => Describe(image, """{"string1":null,"number1":null,"tags":null,"roles":null}"""))
        .Appends(new ImageDescribed(Id, String1: "", Number1: 0, Tags: [], Roles: []));

    [Fact]
    public void never_opens_it_by_saying_nothing_of_roles() => Given(Registered, Ingested)
        .When(image => Describe(image, """{"tags":["red"]}""")).Appends(new ImageDescribed(Id, Tags: ["red"]));

    [Fact]
    public void reads_what_was_described_before() =>
        Given(Registered, Ingested, new ImageDescribed(Id, String1: "ms-2"))
        .When(image => Describe(image, """{"string1":"ms-2"}""")).AppendsNothing();

    [Fact]
    public void with_another_media_type_processes_nothing() => Given(Registered, Ingested)
        .When(image => Describe(image, """{"mediaType":"image/jp2"}"""))
        .Appends(new ImageDescribed(Id, MediaType: "image/jp2"));

    [Fact]
    public void with_another_origin_processes_it_again() => Given(Registered, Ingested)
        .When(image => Describe(image, """{"origin":"https://example.org/new.tif","string1":"ms-2"}"""))
        .Appends(Again(Described(Id) with { Origin = "https://example.org/new.tif", String1 = "ms-2" }));

    [Fact]
    public void with_fewer_channels_processes_it_again() => Given(Registered, Ingested)
        .When(image => Describe(image, """{"deliveryChannels":["iiif-img"]}"""))
        .Appends(Again(Described(Id) with { DeliveryChannels = [Images.Channels[0]] }));

    [Theory]
    [InlineData("""{"maxWidth":1000}""", 1000, 0, -1)]
    [InlineData("""{"openFullMax":400}""", 0, 400, -1)]
    [InlineData("""{"maxUnauthorised":0}""", 0, 0, 0)]
    public void with_another_size_restriction_processes_it_again(string body, int width, int open, int unauthorised) =>
        Given(Registered, Ingested).When(image => Describe(image, body)).Appends(Again(Described(Id) with
        {
            MaxWidth = width,
            OpenFullMax = open,
            MaxUnauthorised = unauthorised,
        }));

    [Fact]
    public void that_is_not_there_is_refused() =>
        Given().When(image => Describe(image, "{}")).IsRejected(RejectionKind.NotFound);

    [Fact]
    public void that_was_deleted_is_refused() => Given(Registered, new ImageDeleted(Id, Waiting))
        .When(image => Describe(image, "{}")).IsRejected(RejectionKind.NotFound);

    [Theory]
    [InlineData("""{"file":"0"}""", "file is taken by PUT and POST only")]
    [InlineData("""{"thumbnailPolicy":"default"}""", "thumbnailPolicy cannot be changed")]
    [InlineData("""{"deliveryChannels":[]}""", "deliveryChannels must not be empty")]
    [InlineData("""{"string1":"x"}""", null)]
    public void checks_the_body(string body, string? fault) =>
        Faults.Of(new DescribeImageValidator(new()), body).ShouldBeOne(fault);
}
