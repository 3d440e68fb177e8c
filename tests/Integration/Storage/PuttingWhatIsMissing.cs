using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Integration.Storage;

/// <summary>Puts that say <c>If-None-Match: *</c>, in one piece and in parts, and what a store says to that.</summary>
[Trait("profile", "cluster")]
public sealed class PuttingWhatIsMissing(Ceph ceph)
{
    private const int Small = 1_000;
    private const int Large = 6_000_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Small, "PUT")]
    [InlineData(Large, "POST")]
    public async Task is_asked_for_by_what_makes_the_object_and_by_nothing_else(int length, string method)
    {
        await using var bench = await S3Bench.Open(ceph);

        await bench.Put(length);

        var last = Conditional(bench).ShouldHaveSingleItem();
        (last.Method, last.Header("If-None-Match")).ShouldBe((method, "*"));
        last.Path.Contains("uploadId=", StringComparison.Ordinal).ShouldBe(length is Large);
        last.Path.ShouldNotContain("partNumber=");
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task is_asked_again_while_another_put_is_under_way(int length)
    {
        await using var bench = await S3Bench.Open(ceph);
        var refused = 0;
        bench.Front.Answer = http => http.Request.Headers.IfNoneMatch.Count > 0 && ++refused <= 2
            ? S3Front.Refuse(http, 409, "ConditionalRequestConflict") : Task.FromResult(false);

        var (key, bytes) = await bench.Put(length);

        Making(bench).ShouldBe(["*", "*", "*"]);
        (await bench.Read(key, 0, length)).ShouldBe(bytes);
        (await Unfinished(bench)).ShouldBe(0);
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task takes_it_for_done_when_another_put_it_meanwhile(int length)
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, bytes, file) = await bench.File(length);
        using var other = new S3Storage(bench.Behind, TimeProvider.System);
        bench.Front.Answer = async http =>
        {
            if (http.Request.Headers.IfNoneMatch.Count is 0) return false;
            await other.Put(key, file, Ct);
            return await S3Front.Refuse(http, 412, "PreconditionFailed");
        };

        await bench.Storage.Put(key, file, Ct);

        Making(bench).ShouldBe(["*"]);
        (await bench.Read(key, 0, length)).ShouldBe(bytes);
        (await Unfinished(bench)).ShouldBe(0);
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task puts_it_over_what_is_not_the_same(int length)
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, bytes, file) = await bench.File(length);
        var (_, _, another) = await bench.File(10);
        using var other = new S3Storage(bench.Behind, TimeProvider.System);
        bench.Front.Answer = async http =>
        {
            if (http.Request.Headers.IfNoneMatch.Count is 0) return false;
            await other.Put(key, another, Ct);
            return await S3Front.Refuse(http, 412, "PreconditionFailed");
        };

        await bench.Storage.Put(key, file, Ct);

        Making(bench).ShouldBe(["*", null]);
        (await bench.Read(key, 0, length)).ShouldBe(bytes);
        (await Unfinished(bench)).ShouldBe(0);
    }

    private static List<Asked> Conditional(S3Bench bench) =>
        [.. bench.Front.Requests.Where(r => r.Header("If-None-Match") is not null)];

    /// <summary>What each request that makes the object says of it.</summary>
    private static IEnumerable<string?> Making(S3Bench bench) => bench.Front.Requests
        .Where(r => r.Path.Contains("uploadId=", StringComparison.Ordinal)
            ? r.Method is "POST" : r.Method is "PUT")
        .Select(r => r.Header("If-None-Match"));

    private static async Task<int> Unfinished(S3Bench bench)
    {
        using var client = CephGateway.Client(bench.Behind);
        return (await client.ListMultipartUploadsAsync(bench.Behind.Bucket, Ct)).MultipartUploads?.Count ?? 0;
    }
}
