using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Integration.Storage;

[Trait("profile", "cluster")]
public sealed class UploadingToS3(Ceph ceph)
{
    private const int Large = 40_000_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task sends_a_large_object_in_parts()
    {
        await using var bench = await S3Bench.Open(ceph);

        var (key, bytes) = await bench.Put(Large);

        Parts(bench).Count.ShouldBe(8);
        (await bench.Read(key, 5_242_870, 20)).ShouldBe(bytes[5_242_870..5_242_890]);
        (await bench.Read(key, Large - 9, 9)).ShouldBe(bytes[^9..]);
        await using var stream = await bench.Storage.Open(key, Ct);
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole, Ct);
        whole.GetBuffer().AsSpan(0, Large).SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task leaves_nothing_behind_when_a_part_is_refused()
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, _, file) = await bench.File(Large);
        bench.Front.Answer = http => http.Request.Query["partNumber"] == "5"
            ? S3Front.Refuse(http, 507, "QuotaExceeded") : Task.FromResult(false);

        (await Should.ThrowAsync<StorageUnavailableException>(() => bench.Storage.Put(key, file, Ct)))
            .Message.ShouldBe($"Storing {key} failed: the store is full (507 QuotaExceeded)");

        (await bench.Storage.Find(key, Ct)).ShouldBeNull();
        (await Unfinished(bench.Behind)).ShouldBe(0);
    }

    [Fact]
    public async Task stores_all_or_nothing_when_the_store_dies_in_the_middle()
    {
        var bucket = await ceph.NewBucket();
        await using var gateway = await ceph.NewGateway();
        await using var bench = await S3Bench.Open(gateway.Settings(bucket.Bucket));
        bench.With(s => s with { Retries = 0, Timeout = TimeSpan.FromSeconds(2) });
        var (key, bytes, file) = await bench.File(Large);
        bench.Front.Answer = async http =>
        {
            if (http.Request.Query["partNumber"] == "6") await gateway.Kill();
            return false;
        };

        await Should.ThrowAsync<StorageUnavailableException>(() => bench.Storage.Put(key, file, Ct));
        bench.Front.Answer = _ => Task.FromResult(false);
        await gateway.StartAgain();
        (await bench.Storage.Find(key, Ct)).ShouldBeNull();
        (await bench.Storage.List(Ct).ToListAsync(Ct)).ShouldBeEmpty();

        await bench.Storage.Put(key, file, Ct);
        (await bench.Read(key, 0, 1000)).ShouldBe(bytes[..1000]);
    }

    [Fact]
    public async Task gives_up_what_lies_unfinished_since_yesterday()
    {
        await using var bench = await S3Bench.Open(ceph);
        using var client = CephGateway.Client(bench.Behind);
        await client.InitiateMultipartUploadAsync(bench.Behind.Bucket, "ours/2/pyramids/ab.zip", Ct);
        await client.InitiateMultipartUploadAsync(bench.Behind.Bucket, "others/2/pyramids/ab.zip", Ct);

        bench.With(s => s with { Prefix = "ours" });
        (await bench.Storage.AbortLeftovers(Ct)).ShouldBe(0);
        bench.With(s => s with { Prefix = "ours" }, new Tomorrow());
        (await bench.Storage.AbortLeftovers(Ct)).ShouldBe(1);

        (await Unfinished(bench.Behind)).ShouldBe(1);
    }

    [Fact]
    public async Task gives_up_nothing_that_another_did_or_that_has_no_beginning()
    {
        await using var bench = await S3Bench.Open(ceph);
        using var client = CephGateway.Client(bench.Behind);
        await client.InitiateMultipartUploadAsync(bench.Behind.Bucket, "2/pyramids/ab.zip", Ct);
        bench.With(s => s, new Tomorrow());
        bench.Front.Answer = http => http.Request.Method is "DELETE"
            ? S3Front.Refuse(http, 404, "NoSuchUpload") : Task.FromResult(false);
        (await bench.Storage.AbortLeftovers(Ct)).ShouldBe(0);

        bench.Front.Requests.Clear();
        bench.Front.Answer = http => S3Front.Say(http, 200,
            "<ListMultipartUploadsResult><Upload><Key>2/a</Key><UploadId>b</UploadId></Upload>"
            + "</ListMultipartUploadsResult>");
        (await bench.Storage.AbortLeftovers(Ct)).ShouldBe(0);

        bench.Front.Requests.ShouldHaveSingleItem().Method.ShouldBe("GET");
    }

    [Fact]
    public async Task asks_that_nothing_be_there_yet_and_sends_nothing_twice()
    {
        await using var bench = await S3Bench.Open(ceph);

        var (key, _, file) = await bench.File(1000);
        await bench.Storage.Put(key, file, Ct);
        await bench.Storage.Put(key, file, Ct);

        var puts = bench.Front.Requests.Where(r => r.Method is "PUT").ToList();
        puts.Select(r => r.Header("If-None-Match")).ShouldBe(["*", null]);
        puts[1].Header("x-amz-copy-source").ShouldNotBeNull(); // onto itself, so that it counts as new
    }

    [Fact]
    public async Task takes_it_for_done_when_another_was_faster()
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, bytes, file) = await bench.File(1000);
        using var other = new S3Storage(bench.Behind, TimeProvider.System);
        bench.Front.Answer = async http =>
        {
            if (http.Request.Method is "PUT") await other.Put(key, file, Ct);
            return false;
        };

        await bench.Storage.Put(key, file, Ct);

        (await bench.Read(key, 0, 1000)).ShouldBe(bytes);
    }

    [Fact]
    public async Task does_without_conditions_where_the_store_knows_none()
    {
        await using var bench = await S3Bench.Open(ceph);
        bench.Front.Answer = http => http.Request.Headers.IfNoneMatch.Count > 0
            ? S3Front.Refuse(http, 501, "NotImplemented") : Task.FromResult(false);

        var (key, bytes) = await bench.Put(1000);

        (await bench.Read(key, 0, 1000)).ShouldBe(bytes);
    }

    [Fact]
    public async Task sets_no_condition_where_it_is_told_so()
    {
        await using var bench = await S3Bench.Open(ceph);
        bench.With(s => s with { ConditionalPuts = false });

        var (key, bytes) = await bench.Put(1000);

        (await bench.Read(key, 0, 1000)).ShouldBe(bytes);
        bench.Front.Requests.Single(r => r.Method is "PUT").Header("If-None-Match").ShouldBeNull();
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "CRC32")]
    public async Task sends_checksums_of_the_newer_kind_only_when_told_to(bool checksums, string? algorithm)
    {
        await using var bench = await S3Bench.Open(ceph);
        bench.With(s => s with { RequestChecksums = checksums, Retries = 0 });
        bench.Front.Answer = http => http.Request.Method is "PUT"
            ? S3Front.Refuse(http, 400, "NotWanted") : Task.FromResult(false);

        await Should.ThrowAsync<StorageUnavailableException>(() => bench.Put(1000));

        bench.Front.Requests.Last(r => r.Method is "PUT").Header("x-amz-sdk-checksum-algorithm").ShouldBe(algorithm);
    }

    private static List<Asked> Parts(S3Bench bench) =>
    [
        .. bench.Front.Requests.Where(
            r => r.Method is "PUT" && r.Path.Contains("partNumber=", StringComparison.Ordinal)),
    ];

    private static async Task<int> Unfinished(S3Settings at)
    {
        using var client = CephGateway.Client(at);
        return (await client.ListMultipartUploadsAsync(at.Bucket, Ct)).MultipartUploads?.Count ?? 0;
    }

    private sealed class Tomorrow : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(25);
    }
}
