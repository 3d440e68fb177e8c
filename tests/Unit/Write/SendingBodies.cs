using System.Text;
using System.Text.Json;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Storage;
using static System.Net.Http.HttpMethod;

namespace Dlcs.Unit.Write;

public sealed class SendingBodies : IAsyncLifetime
{
    private const string Image = "/customers/2/spaces/5/images/folio-1r";
    private const string Queue = "/customers/2/queue";
    private const string Body = """{"origin":"https://example.org/1r.tif","mediaType":null}""";

    private WriteHost host = null!;

    public async ValueTask InitializeAsync() => host = await WriteHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("{\n  \"origin\": \"https://example.org/1r.tif\",\n  oops }", "at line 3, byte 3")]
    [InlineData("", "the body is empty")]
    [InlineData("[]", "the body must be a JSON object")]
    [InlineData("""{"a":1,"a":2}""", "the body is not JSON")]
    [InlineData("""{"file":"SGVsbG8=" "a":1}""", "at line 1, byte 20")]
    [InlineData("""{"file":"SGVsbG8""", "the body is not JSON")]
    [InlineData("""{"\ud800":1}""", "not valid Unicode")]
    [InlineData("""{"width":"\ud800"}""", "width")]
    public async Task says_where_json_is_malformed(string body, string reason)
    {
        var answer = await host.Send(Put, Image, body);

        answer.Status.ShouldBe(400);
        answer.Detail().ShouldContain(reason);
    }

    [Theory]
    [InlineData("application/ld+json", 201)]
    [InlineData("application/json; charset=utf-8", 201)]
    [InlineData("text/plain", 415)]
    public async Task reads_json_by_any_of_its_names(string type, int status)
    {
        using var request = new HttpRequestMessage(Put, Image);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);

        (await host.Send(request)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task stores_the_bytes_that_are_sent()
    {
        var bytes = new byte[2_000_000];
        new Random(1).NextBytes(bytes);
        var body = JsonSerializer.Serialize(new { string1 = "a", file = Convert.ToBase64String(bytes) });

        (await host.Send(Post, Image, body)).Status.ShouldBe(201);

        var image = host.Log.Stream(Images.Id.Stream).ShouldHaveSingleItem().ShouldBeOfType<ImageRegistered>().Image;
        (image.Origin, image.String1, image.Upload.ShouldNotBeNull().Bytes).ShouldBe((null, "a", 2_000_000));
        await using var stored = await host.Storage.Open(new StorageKey(image.Upload.Key), Acting.Ct);
        using var memory = new MemoryStream();
        await stored.CopyToAsync(memory, Acting.Ct);
        memory.ToArray().ShouldBe(bytes);
        host.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task refuses_bytes_that_are_none_or_too_many()
    {
        (await host.Send(Post, Image, Body)).Detail().ShouldStartWith("file is missing");
        (await host.Send(Put, Image, """{"file":"%%%"}""")).Detail().ShouldBe("file is not base64");
        (await host.Send(Put, Image, $$"""{"file":"{{new string('A', 4_100_000)}}"}""")).Status.ShouldBe(413);
        (await host.Send(Put, Image, $$"""{"a":"{{new string('A', 1_100_000)}}"}""")).Status.ShouldBe(413);
        host.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task takes_bytes_in_a_batch_too()
    {
        (await host.Send(Post, Queue, """
            {"member":[{"id":"x1","space":5,"file":"SGVsbG8="},{"id":"x2","space":5,"file":"JSU="}]}
            """)).Status.ShouldBe(201);

        host.Log.All.Select(r => r.Event).OfType<ImageRegistered>().Select(e => e.Image.Upload!.Bytes)
            .ShouldBe([5L, 2]);
    }

    [Theory]
    [InlineData("File", "JSU=", null)]
    [InlineData("File", "0", "file is not base64")]
    [InlineData("\\u0066ile", "0", "file must be named file")]
    public async Task gives_no_member_the_bytes_of_another(string name, string file, string? fault)
    {
        var answer = await host.Send(Post, Queue, $$"""
            {"member":[{"id":"x1","space":5,"file":"SGVsbG8="},{"id":"x2","space":5,"{{name}}":"{{file}}"}]}
            """);

        if (fault is not null) answer.Detail().ShouldBe($"member[1] 'x2': {fault}");
        host.Log.All.Select(r => r.Event).OfType<ImageRegistered>().Select(e => e.Image.Upload!.Bytes)
            .ShouldBe(fault is null ? [5L, 2] : []);
    }

    [Fact]
    public async Task keeps_the_channels_of_an_image_until_they_are_named()
    {
        await host.Send(Put, Image, """{"origin":"https://example.org/1r.tif","deliveryChannels":["iiif-img"]}""");
        await host.Send(Put, Image, Body);
        await host.Send(
            Post, Queue, """{"member":[{"id":"folio-1r","space":5,"origin":"https://example.org/1r.tif"}]}""");
        await host.Send(Put, Image, """{"origin":"https://example.org/1r.tif","deliveryChannels":["default"]}""");

        host.Log.Stream(Images.Id.Stream).OfType<ImageRegistered>().Select(e => e.Image.DeliveryChannels.Count)
            .ShouldBe([1, 1, 1, 2]);
    }
}
