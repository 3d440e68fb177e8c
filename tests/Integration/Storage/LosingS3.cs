using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Integration.Storage;

[Trait("profile", "cluster")]
public sealed class LosingS3(Ceph ceph)
{
    private static readonly StorageKey Key = new("2/pyramids/ab/abcd.zip");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task says_so_and_goes_on_when_it_is_back()
    {
        await using var gateway = await ceph.NewGateway();
        var bucket = await ceph.NewBucket();
        using var storage = new S3Storage(
            gateway.Settings(bucket.Bucket) with { Retries = 0, Timeout = TimeSpan.FromSeconds(5) },
            TimeProvider.System);
        var (key, file) = await Put(storage);

        await gateway.Kill();
        foreach (var act in Everything(storage, key, file))
        {
            var failed = await Should.ThrowAsync<StorageUnavailableException>(act);
            failed.Message.ShouldContain($"the store {storage.ToString().Split(" at ")[1]}");
            failed.Message.ShouldContain("reached");
        }

        await gateway.StartAgain();

        foreach (var act in Everything(storage, key, file)) await act();
    }

    [Theory]
    [InlineData("tests-know-other-secrets")]
    [InlineData("")]
    public async Task says_that_credentials_are_refused(string secret)
    {
        var bucket = await ceph.NewBucket();
        using (var right = new S3Storage(bucket, TimeProvider.System)) await Put(right);
        var wrong = bucket with { Credentials = new(secret is "" ? "nobody" : CephCluster.AccessKey, secret + "!") };
        using var storage = new S3Storage(wrong, TimeProvider.System);

        foreach (var act in Everything(storage, Key, typeof(LosingS3).Assembly.Location))
        {
            var failed = await Should.ThrowAsync<StorageUnavailableException>(act);
            failed.Message.ShouldContain("the store refuses these credentials, or what they may do (403");
            failed.ToString().ShouldNotContain(wrong.Credentials.Secret);
        }
    }

    [Theory]
    [InlineData(50_000)]
    [InlineData(6_000_000)] // in parts
    public async Task says_that_it_is_full(int length)
    {
        var bucket = await ceph.NewBucket($"poor-{length}", bytes: 20_000);
        using var storage = new S3Storage(bucket with { PartSize = S3Settings.LeastPart }, TimeProvider.System);
        var file = Path.GetTempFileName();

        await File.WriteAllBytesAsync(file, new byte[1_000], Ct);
        await storage.Put(Key, file, Ct);
        await File.WriteAllBytesAsync(file, new byte[length], Ct);
        (await Should.ThrowAsync<StorageUnavailableException>(storage.Put(new("2/pyramids/cd/cdef.zip"), file, Ct)))
            .Reason.ShouldBe("the store is full (403 QuotaExceeded)");

        (await storage.Find(Key, Ct)).ShouldNotBeNull().Length.ShouldBe(1_000);
        (await storage.List(Ct).CountAsync(Ct)).ShouldBe(1);
        File.Delete(file);
    }

    [Fact]
    public async Task says_that_there_is_no_bucket()
    {
        var bucket = await ceph.NewBucket();
        using var storage = new S3Storage(bucket with { Bucket = "nobodys" }, TimeProvider.System);

        (await storage.BucketExists(Ct)).ShouldBeFalse();
        foreach (var act in Everything(storage, Key, typeof(LosingS3).Assembly.Location).SkipLast(1))
        {
            (await Should.ThrowAsync<StorageUnavailableException>(act))
                .Message.ShouldEndWith("the store has no bucket nobodys");
        }
    }

    [Fact]
    public async Task says_that_nobody_listens_there()
    {
        var nowhere = new S3Settings("pixels")
        {
            Endpoint = new("http://store.invalid:9000"),
            PathStyle = true,
            Credentials = new("key", "secret"),
        };
        using var storage = new S3Storage(nowhere, TimeProvider.System);

        (await Should.ThrowAsync<StorageUnavailableException>(async () => await storage.Find(Key, Ct)))
            .Message.ShouldContain("the store http://store.invalid:9000/ cannot be reached");
    }

    [Fact]
    public async Task says_that_it_knows_no_credentials()
    {
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true"); // no machine's role is looked for
        var bucket = await ceph.NewBucket();
        using var storage = new S3Storage(bucket with { Credentials = null }, TimeProvider.System);

        foreach (var act in Everything(storage, Key, typeof(LosingS3).Assembly.Location))
            (await Should.ThrowAsync<StorageUnavailableException>(act)).Message.ShouldContain("credentials");
    }

    /// <summary>What stands before the store may know no way to it for a moment.</summary>
    [Fact]
    public async Task loses_no_object_because_a_page_is_not_found()
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, bytes) = await bench.Put(1000);
        bench.Front.Answer = http => S3Front.Say(http, 404, "default backend - 404");

        await Should.ThrowAsync<StorageUnavailableException>(bench.Storage.Delete(key, Ct));
        await Should.ThrowAsync<StorageUnavailableException>(async () => await bench.Storage.Find(key, Ct));
        var asked = 0;
        bench.Front.Answer = http => ++asked > 2 ? Task.FromResult(false) : S3Front.Say(http, 404, "<html>404</html>");
        (await bench.Read(key, 0, 1000)).ShouldBe(bytes);
    }

    [Fact]
    public async Task asks_again_what_hung()
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, _) = await bench.Put(1000);
        bench.With(s => s with { Timeout = TimeSpan.FromSeconds(1), Retries = 1 });
        var hung = new HashSet<string>();
        bench.Front.Answer = async http =>
        {
            if (hung.Add(http.Request.Method)) await Task.Delay(Timeout.Infinite, http.RequestAborted);
            return false;
        };

        (await bench.Storage.Find(key, Ct)).ShouldNotBeNull();
        (await bench.Storage.List(Ct).CountAsync(Ct)).ShouldBe(1);
        await bench.Storage.Delete(key, Ct);

        hung.ShouldBe(["HEAD", "GET", "DELETE"], ignoreOrder: true);
        (await bench.Storage.Find(key, Ct)).ShouldBeNull();
    }

    /// <summary>Deleting comes last.</summary>
    private static IEnumerable<Func<Task>> Everything(S3Storage storage, StorageKey key, string file) =>
    [
        () => storage.Put(key, file, Ct),
        async () => await storage.Find(key, Ct),
        async () => await storage.Read(key, 0, new byte[10], Ct),
        async () => await (await storage.Open(key, Ct)).DisposeAsync(),
        async () => await storage.List(Ct).ToListAsync(Ct),
        () => storage.AbortLeftovers(Ct),
        () => storage.Delete(key, Ct),
    ];

    private static async Task<(StorageKey, string)> Put(S3Storage storage)
    {
        var file = typeof(S3Storage).Assembly.Location;
        await storage.Put(Key, file, Ct);
        return (Key, file);
    }
}
