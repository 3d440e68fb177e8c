using System.Text.Json.Nodes;
using Dlcs.Host.Commands.Adding;

namespace Dlcs.Unit.Commands;

public sealed class WritingABatch : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-batch-").FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(98_304)]
    [InlineData(98_305)]
    [InlineData(300_001)]
    public async Task carries_the_bytes_of_each_picture_as_they_are(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        await File.WriteAllBytesAsync(Path.Combine(folder, "1.jpg"), bytes, TestContext.Current.CancellationToken);

        var batch = await Write();

        var member = batch["member"]!.AsArray().ShouldHaveSingleItem()!;
        Convert.FromBase64String((string)member["file"]!).ShouldBe(bytes);
        ((string?)member["id"]).ShouldBe("book-1.jpg");
        ((int?)member["space"]).ShouldBe(7);
        ((string?)member["string1"]).ShouldBe("book");
        ((int?)member["number1"]).ShouldBe(1);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<JsonObject> Write()
    {
        var book = new Addition(folder, "space", "query", "book", "", "");
        using var content = new BatchContent(new(7, book, Picture.In(folder, "book")), _ => { });
        return JsonNode.Parse(await content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
    }
}
