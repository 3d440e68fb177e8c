using Dlcs.Kernel.Storage.S3;

[assembly: AssemblyFixture(typeof(Dlcs.Integration.Servers.Ceph))]

namespace Dlcs.Integration.Servers;

/// <summary>
/// One S3 store for the whole run: Ceph from Debian's packages, with its objects in memory. It starts when the first
/// test asks for it.
/// </summary>
public sealed class Ceph : IAsyncDisposable
{
    public const string Missing = "S3 was not tried: apt-get install radosgw ceph-mon ceph-osd";

    private static int buckets;
    private readonly SemaphoreSlim gate = new(1);
    private CephCluster? cluster;
    private CephGateway? gateway;

    /// <summary>A fresh bucket, and the settings that lead to it. Skips the test where Ceph is not installed.</summary>
    public async Task<S3Settings> NewBucket()
    {
        var at = (await Gateway()).Settings(string.Create(null, $"dlcs-{Interlocked.Increment(ref buckets)}"));
        await CephGateway.MakeBucket(at);
        return at;
    }

    /// <summary>A bucket of a user who may store so many bytes in all.</summary>
    public async Task<S3Settings> NewBucket(string user, int bytes)
    {
        var gateway = await Gateway();
        await cluster!.Admin(
            "user", "create", $"--uid={user}", $"--display-name={user}", $"--access-key={user}",
            $"--secret-key={CephCluster.Secret}");
        await cluster!.Admin("quota", "set", "--quota-scope=user", $"--uid={user}", $"--max-size={bytes}");
        await cluster!.Admin("quota", "enable", "--quota-scope=user", $"--uid={user}");
        var at = gateway.Settings($"of-{user}") with { Credentials = new(user, CephCluster.Secret) };
        await CephGateway.MakeBucket(at);
        return at;
    }

    /// <summary>Another gateway to the same objects, for tests that kill it.</summary>
    public async Task<CephGateway> NewGateway()
    {
        await Gateway();
        return await CephGateway.Start(cluster!);
    }

    public async ValueTask DisposeAsync()
    {
        if (gateway is not null) await gateway.DisposeAsync();
        if (cluster is not null) await cluster.DisposeAsync();
        gate.Dispose();
    }

    private async Task<CephGateway> Gateway()
    {
        if (!CephCluster.IsInstalled) Assert.Skip(Missing);
        await gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            cluster ??= await CephCluster.Start();
            return gateway ??= await CephGateway.Start(cluster);
        }
        finally
        {
            gate.Release();
        }
    }
}
