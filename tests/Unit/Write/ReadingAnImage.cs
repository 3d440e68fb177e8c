using Dlcs.Kernel.Events;
using Dlcs.Write.Images;
using Dlcs.Write.Spaces;

namespace Dlcs.Unit.Write;

/// <summary>What clients of three generations send, and what is registered of it.</summary>
public sealed class ReadingAnImage
{
    private const string Origin = "\"origin\":\"https://example.org/1r.tif\"";

    private static readonly Space Home = Space.Initial with { Status = SpaceStatus.Open };

    private static ImageDescription Describe(string body, Space? home = null, StoredUpload? upload = null) =>
        Faults.None<ImageBody>(body).Describe(Images.Id, home ?? Home, upload, "https://api.test");

    private static void Is(ImageDescription described, ImageDescription expected) => System.Text.Json.JsonSerializer
        .Serialize(described, EventJson.Default.ImageDescription)
        .ShouldBe(System.Text.Json.JsonSerializer.Serialize(expected, EventJson.Default.ImageDescription));

    [Fact]
    public void keeps_few_faults_of_very_many() =>
        Faults.Of(new PutImageValidator(new()), $$"""{"tags":[{{string.Join(',', Enumerable.Repeat(1, 100_000))}}]}""")
            .Count.ShouldBeInRange(100, 300);

    [Fact]
    public void fills_in_what_old_clients_leave_out() => Is(
        Describe($$"""
            {"modelId":"folio-1r",{{Origin}},"maxUnauthorised":0,"imageOptimisationPolicy":"fast-higher","width":0}
            """),
        new(
            Images.Id, "https://example.org/1r.tif", null, null, "I", [],
            "", "", "", 0, 0, 0, [], [], []));

    [Fact]
    public void takes_what_is_said() => Is(
        Describe($$"""
            {"@context":"https://x/y","@type":"vocab:Image","id":"folio-1r","space":5,{{Origin}},
             "mediaType":"image/tiff",
             "deliveryChannels":[{
               "@type":"vocab:DeliveryChannel","channel":"thumbs",
               "policy":"https://api.test/customers/2/deliveryChannelPolicies/thumbs/default"}],
             "string1":"a","string2":"b","string3":"c","number1":9223372036854775807,"number2":-2,"number3":3,
             "tags":["x","y","x"],"roles":["https://api.test/customers/2/roles/staff","https://x/roles/r"],
             "manifests":["m"],
             "maxUnauthorised":0,"maxWidth":1000,"openFullMax":400,"ingesting":false,"error":"","finished":null}
            """),
        new(
            Images.Id, "https://example.org/1r.tif", null, "image/tiff", "I", [Images.Channels[1]], "a", "b", "c",
            long.MaxValue, -2, 3, ["x", "y"], ["staff", "https://x/roles/r"], ["m"], 0, 1000, 400));

    [Theory]
    [InlineData("""{"channel":"thumbs","policy":"default"}""")]
    [InlineData("""{"Channel":"thumbs","Policy":"default"}""")]
    [InlineData("""{"channel":"thumbs","policy":""}""")]
    [InlineData("""{"channel":"thumbs","policy":null}""")]
    [InlineData("\"thumbs\"")]
    public void takes_a_channel_in_any_form(string channel) =>
        Describe($$"""{{{Origin}},"deliveryChannels":[{{channel}}]}""").DeliveryChannels
            .ShouldHaveSingleItem().Channel.ShouldBe("thumbs");

    [Fact]
    public void adds_the_defaults_of_the_space()
    {
        var home = Home with { DefaultTags = ["green"], DefaultRoles = ["staff"], MaxUnauthorised = 400 };

        var image = Describe($$"""{{{Origin}},"tags":["red","green"],"roles":["readers"]}""", home);

        image.Tags.ShouldBe(["red", "green"]);
        image.Roles.ShouldBe(["readers", "staff"]);
        image.MaxUnauthorised.ShouldBe(400);
    }

    [Fact]
    public void keeps_an_old_clients_image_closed_when_it_has_roles() =>
        Describe($$"""{{{Origin}},"roles":["staff"],"maxUnauthorised":0}""").MaxUnauthorised.ShouldBe(0);

    [Fact]
    public void names_an_upload_in_place_of_an_origin()
    {
        var upload = new StoredUpload("2/uploads/aa/aa.bin", 5, "aa");

        var image = Describe("""{"file":"0"}""", upload: upload);

        (image.Origin, image.Upload).ShouldBe((null, upload));
    }

    [Theory]
    [InlineData($$"""{{{Origin}}}""", null)]
    [InlineData("""{"file":"0"}""", null)]
    [InlineData("""{}""", "origin is missing")]
    [InlineData("""{"origin":null}""", "origin is missing")]
    [InlineData("""{"origin":7}""", "origin must be a string, not a number")]
    [InlineData("""{"origin":"folio-1r.tif"}""", "origin must be an absolute URL")]
    [InlineData("""{"origin":"/data/folio-1r.tif"}""", "origin must be an absolute URL")]
    [InlineData("""{"origin":"file:///data/folio-1r.tif"}""", "origin must be an absolute URL")]
    [InlineData("""{"origin":"//example.org/1r.tif"}""", "origin must be an absolute URL")]
    [InlineData("""{"origin":"https://example.org/1\nr.tif"}""", "origin must not hold control characters")]
    [InlineData("""{"origin":"ftp://example.org/1r.tif"}""", "origin is not supported yet: ftp")]
    [InlineData("""{"origin":"s3://bucket/1r.tif"}""", "origin is not supported yet: s3")]
    [InlineData("""{"origin":"gopher://example.org/1r.tif"}""", "origin must begin with http:// or https://")]
    [InlineData("""{"origin":"https://me:secret@example.org/1r.tif"}""", "origin must not hold a user")]
    [InlineData("""{"origin":"https://me@example.org/1r.tif"}""", "origin must not hold a user")]
    [InlineData($$"""{{{Origin}},"file":"0"}""", "file cannot be sent beside an origin")]
    public void checks_the_body(string body, string? fault) =>
        Faults.Of(new RegisterImageValidator(new()), body).ShouldBeOne(fault);

    [Theory]
    [InlineData("""{"string1":"book"}""", null)]
    [InlineData("""{"origin":null}""", null)]
    [InlineData($$"""{{{Origin}},"file":"0"}""", "file cannot be sent beside an origin")]
    public void leaves_it_to_the_decision_whether_one_image_needs_an_origin(string body, string? fault) =>
        Faults.Of(new PutImageValidator(new()), body).ShouldBeOne(fault);

    [Theory]
    [InlineData("""{"mediaType":"image/jp2","family":"I"}""", null)]
    [InlineData("""{"mediaType":"application/pdf"}""", null)]
    [InlineData("""{"mediaType":"Image/TIFF"}""", null)]
    [InlineData("""{"mediaType":"application/PDF"}""", null)]
    [InlineData("""{"mediaType":"video/mp4"}""", "mediaType must be image/")]
    [InlineData("""{"mediaType":"image/x y"}""", "mediaType must be image/")]
    [InlineData("""{"family":"T"}""", "family T is not supported yet")]
    [InlineData("""{"deliveryChannels":["iiif-img","thumbs"]}""", null)]
    [InlineData("""{"deliveryChannels":[{"channel":"default","policy":"default"}]}""", null)]
    [InlineData("""{"deliveryChannels":[]}""", "deliveryChannels must not be empty")]
    [InlineData("""{"deliveryChannels":["thumbs",{"channel":"thumbs"}]}""", "deliveryChannels holds")]
    [InlineData("""{"deliveryChannels":["file"]}""", "deliveryChannels asks for the channel file")]
    [InlineData("""{"deliveryChannels":["none"]}""", "deliveryChannels asks for the channel none")]
    [InlineData("""{"deliveryChannels":["tiles"]}""", "deliveryChannels must hold iiif-img or thumbs, not tiles")]
    [InlineData("""{"deliveryChannels":[{"channel":"iiif-img","policy":"use-original"}]}""", "deliveryChannels asks")]
    [InlineData("""{"deliveryChannels":[{"Channel":"thumbs","Policy":"mine"}]}""", "deliveryChannels asks")]
    [InlineData("""{"deliveryChannels":[{"channel":"thumbs","policy":7}]}""", "deliveryChannels[0].policy must be")]
    [InlineData(
        """{"deliveryChannels":[{"channel":"thumbs","Channel":"iiif-img"}]}""",
        "deliveryChannels[0].Channel is sent twice")]
    [InlineData("""{"roles":["staff"],"Roles":[]}""", "Roles is sent twice")]
    [InlineData("""{"deliveryChannels":[{"policy":"default"}]}""", "deliveryChannels[0] must name a channel")]
    [InlineData("""{"deliveryChannels":[5]}""", "deliveryChannels[0] must be a string or an object, not a number")]
    [InlineData("""{"imageOptimisationPolicy":"https://api.test/imageOptimisationPolicies/fast-higher"}""", null)]
    [InlineData("""{"imageOptimisationPolicy":"slow"}""", "imageOptimisationPolicy is unknown")]
    [InlineData("""{"mediaType":"image/png","thumbnailPolicy":"default"}""", "thumbnailPolicy cannot be")]
    [InlineData("""{"width":800}""", "width is set by the platform")]
    [InlineData("""{"batch":"https://api.test/customers/2/queue/batches/1"}""", "batch is set by the platform")]
    [InlineData("""{"created":"2026-01-01T00:00:00Z"}""", "created is set by the platform")]
    [InlineData("""{"created":"0001-01-01T00:00:00","finished":null,"duration":0,"batch":""}""", null)]
    [InlineData("""{"number1":"7"}""", "number1 must be a number, not a string")]
    [InlineData("""{"number1":9223372036854775808}""", "number1 must be a whole number")]
    [InlineData("""{"tags":[""]}""", "tags must not hold blank items")]
    [InlineData("""{"maxUnauthorised":-2}""", "maxUnauthorised must be from -1")]
    [InlineData("""{"maxWidth":255}""", "maxWidth must be 0, or from 256 to 5000")]
    [InlineData("""{"maxWidth":5001}""", "maxWidth must be 0, or from 256 to 5000")]
    [InlineData("""{"openFullMax":-1}""", "openFullMax must be from 0 to 5000")]
    public void checks_what_stands_beside_the_origin(string fields, string? fault) =>
        Faults.Of(new RegisterImageValidator(new()), $$"""{{{Origin}},{{fields[1..]}}""").ShouldBeOne(fault);

    [Fact]
    public void takes_long_texts_up_to_a_limit()
    {
        var validator = new RegisterImageValidator(new());
        string Body(string field, int length) => $$"""{{{Origin}},"{{field}}":"{{new string('x', length)}}"}""";

        Faults.Of(validator, Body("string1", 1000)).ShouldBeEmpty();
        Faults.Of(validator, Body("string1", 1001)).ShouldBeOne("string1 must be at most 1000 characters");
    }

    [Fact]
    public void tells_all_that_is_wrong_at_once() => Faults
        .Of(new RegisterImageValidator(new()), """{"origin":"x","string1":1,"maxWidth":7,"height":9}""")
        .Select(f => f.Split(' ')[0]).ShouldBe(["height", "string1", "origin", "maxWidth"], ignoreOrder: true);

    [Theory]
    [InlineData("""{}""", null)]
    [InlineData("""{"id":"folio-1r"}""", null)]
    [InlineData("""{"id":"2/5/folio-1r","space":5}""", null)]
    [InlineData("""{"modelId":"folio-1r","space":0}""", null)]
    [InlineData("""{"@id":"http://other.test/customers/2/spaces/5/images/folio-1r"}""", null)]
    [InlineData("""{"id":"folio-2v"}""", "id must be folio-1r")]
    [InlineData("""{"id":"2/6/folio-1r"}""", "id must be folio-1r")]
    [InlineData("""{"space":6}""", "space must be 5")]
    [InlineData("""{"@id":"https://api.test/customers/2/spaces/5/images/folio-2v"}""", "@id must be the URL")]
    public void may_repeat_which_image_it_is(string body, string? fault)
    {
        var found = ImageIdentity.Fault(Faults.None<ImageBody>(body), Images.Id);
        new[] { found }.OfType<string>().ToList().ShouldBeOne(fault);
    }
}
