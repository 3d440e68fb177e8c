using System.Buffers;
using System.Text;
using Dlcs.Write.Bodies;
using FsCheck;
using FsCheck.Fluent;

namespace Dlcs.Unit.Write;

public sealed class ScanningForFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-scan").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("""{"file":"SGVsbG8="}""", """{"file":"0"}""", "Hello")]
    [InlineData("""{"id":"x", "file" : "SGVsbG8=" ,"a":[1]}""", """{"id":"x", "file" : "0" ,"a":[1]}""", "Hello")]
    [InlineData("""{"File":"SGVsbG8=","FILE":"SGVsbG8="}""", """{"File":"0","FILE":"1"}""", "Hello")]
    [InlineData("""{"files":"SGVs","fil":"SGVs"}""", """{"files":"SGVs","fil":"SGVs"}""", null)]
    [InlineData("""{"file":null,"a":"file"}""", """{"file":null,"a":"file"}""", null)]
    [InlineData("""{"file":5}""", """{"file":5}""", null)]
    [InlineData("""{"a":["file","SGVsbG8="]}""", """{"a":["file","SGVsbG8="]}""", null)]
    [InlineData("""{"a":{"file":{"file":"SGVsbG8="}}}""", """{"a":{"file":{"file":"0"}}}""", "Hello")]
    [InlineData("""{"a\"file":"SGVsbG8="}""", """{"a\"file":"SGVsbG8="}""", null)]
    [InlineData("""{"a":"\\","file":"SGVsbG8="}""", """{"a":"\\","file":"0"}""", "Hello")]
    [InlineData("""{"file":"SGVs\r\nbG8="}""", """{"file":"0"}""", "Hello")]
    [InlineData("""{"file":"\u002B\/\u002b\/"}""", """{"file":"0"}""", "û\u00ff¿")]
    [InlineData("""[{"file":"SGVsbG8="},{"file":"SGVsbG8="}]""", """[{"file":"0"},{"file":"1"}]""", "Hello")]
    [InlineData("""]}{"file":"SGVsbG8="}""", """]}{"file":"0"}""", "Hello")]
    public void takes_them_out_of_the_body(string body, string rest, string? file)
    {
        var (text, files) = Scan(body, piece: 1);

        text.ShouldBe(rest);
        files.ShouldAllBe(f => f == file);
        if (file is not null) files.ShouldNotBeEmpty();
    }

    [Fact]
    public void gives_the_same_however_the_body_is_cut() => Prop.ForAll(
        Gen.Choose(0, 200_000).Zip(Gen.Choose(1, 100_000)).ToArbitrary(),
        cut =>
        {
            var (length, piece) = cut;
            var bytes = new byte[length];
            new Random(length).NextBytes(bytes);
            var body = $$"""{"a":"b","file":"{{Convert.ToBase64String(bytes)}}","c":"\"{"}""";

            var (text, files) = Scan(body, piece);
            return text == """{"a":"b","file":"0","c":"\"{"}""" && files.Single() == Encoding.Latin1.GetString(bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Theory]
    [InlineData(75, "\\n")]
    [InlineData(75, "\\r\\n")]
    [InlineData(77, " \\t")]
    public void takes_lines_of_any_length(int width, string end)
    {
        var bytes = new byte[200_000];
        new Random(width).NextBytes(bytes);
        var lines = Convert.ToBase64String(bytes).Chunk(width).Select(line => new string(line));

        Scan($$"""{"file":"{{string.Join(end, lines)}}{{string.Concat(Enumerable.Repeat(end, 20))}}"}""", 10_000)
            .Files.ShouldHaveSingleItem().ShouldBe(Encoding.Latin1.GetString(bytes));
    }

    [Theory]
    [InlineData("SGVsbG8", "is not base64")]
    [InlineData("SGVsbG8=SGVs", "is not base64")]
    [InlineData("SGV!bG8=", "is not base64")]
    [InlineData("-_-_", "is not base64")]
    [InlineData("\\u00e9AAA", "is not base64")]
    [InlineData("\\xAAA", "is not base64")]
    [InlineData("", "is empty")]
    [InlineData("SGVsbG8gd29ybGQ=", "is over 10 bytes")]
    [InlineData("SGVsbG8gd29y", null)]
    public void says_what_is_wrong_with_one(string base64, string? fault)
    {
        using var uploads = new Uploads(folder, new(Files: 1, 10, 10));
        var scanner = new FileScanner(new ArrayBufferWriter<byte>(), uploads);
        scanner.Feed(Encoding.UTF8.GetBytes($$"""{"file":"{{base64}}"}"""));

        uploads.All.ShouldHaveSingleItem().Fault.ShouldBe(fault);
        (uploads.TooLarge is not null).ShouldBe(fault == "is over 10 bytes");
    }

    [Fact]
    public void limits_all_of_a_request_together()
    {
        using var uploads = new Uploads(folder, new(Files: 2, Bytes: 10, BytesOfAll: 8));
        var scanner = new FileScanner(new ArrayBufferWriter<byte>(), uploads);
        scanner.Feed("""[{"file":"SGVsbG8="},{"file":"SGVsbG8="}]"""u8);

        uploads.TooLarge.ShouldBe("file is over 3 bytes");
    }

    [Fact]
    public void takes_no_more_of_them_than_a_request_may_hold()
    {
        using var uploads = new Uploads(folder, new(Files: 2, 10, 10));
        var scanner = new FileScanner(new ArrayBufferWriter<byte>(), uploads);
        scanner.Feed("""[{"file":"SGVs"},{"a":{"file":""}}"""u8);
        uploads.TooLarge.ShouldBeNull();

        for (var more = 0; more < 1000; more++) scanner.Feed(""",{"file":"SGVs"}"""u8);

        uploads.TooLarge.ShouldBe("file may be sent at most 2 times");
        Directory.EnumerateFiles(folder).Count().ShouldBe(2);
    }

    [Fact]
    public void leaves_nothing_on_disk_when_it_is_over()
    {
        Scan("""{"file":"SGVsbG8="}""", 100);

        Directory.EnumerateFiles(folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task leaves_to_the_sweep_what_a_crash_left_and_no_more()
    {
        using var living = new Upload(folder, 10);
        await File.WriteAllTextAsync(Path.Combine(folder, "left.upload"), "x", Acting.Ct);

        await new UploadSweep(new() { UploadFolder = folder }).StartAsync(Acting.Ct);

        Directory.EnumerateFiles(folder).ShouldHaveSingleItem().ShouldNotEndWith("left.upload");
    }

    /// <summary>What is passed on, with numbers in place of the files' names; and the files.</summary>
    private (string Text, IReadOnlyList<string> Files) Scan(string body, int piece)
    {
        using var uploads = new Uploads(folder, new(10, long.MaxValue, long.MaxValue));
        var text = new ArrayBufferWriter<byte>();
        var scanner = new FileScanner(text, uploads);
        foreach (var chunk in Encoding.UTF8.GetBytes(body).Chunk(piece)) scanner.Feed(chunk);

        uploads.All.ShouldAllBe(u => u.Fault == null);
        var files = Directory.EnumerateFiles(folder).Order().Select(f => File.ReadAllBytes(f));
        var passed = Encoding.UTF8.GetString(text.WrittenSpan);
        foreach (var (nr, upload) in uploads.All.Index()) passed = passed.Replace(upload.Name, $"{nr}");
        return (passed, [.. files.Select(Encoding.Latin1.GetString)]);
    }
}
