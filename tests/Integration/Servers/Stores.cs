using Dlcs.Host;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Servers;

/// <summary>
/// The stores of the profile that this run tries. Local: PostgreSQL and a folder. Cluster (DLCS_TEST_PROFILE=cluster):
/// EventStoreDB (the one of DLCS_TEST_EVENTSTORE, or the loopback server), Elasticsearch and Ceph.
/// </summary>
public sealed class Stores(Postgres postgres, Ceph ceph, Elasticsearch engine) : IAsyncDisposable
{
    private static readonly string? Real = Environment.GetEnvironmentVariable("DLCS_TEST_EVENTSTORE");
    private LoopbackServer? loopback;

    public static bool AreCluster => Environment.GetEnvironmentVariable("DLCS_TEST_PROFILE") is "cluster";

    /// <summary>The same settings on fresh stores. Skips the test where an engine cannot be had.</summary>
    public async Task<HostSettings> Under(HostSettings settings, bool ownPostgres = false)
    {
        var local = ownPostgres ? settings : settings with { Postgres = await postgres.NewDatabase() };
        if (!AreCluster) return local;

        var index = await engine.Settings();
        if (Real is null) loopback ??= await LoopbackServer.Start();
        return local with
        {
            Prefix = index.Prefix,
            EventStore = ConnectionString.Parse(Real ?? loopback!.ConnectionString),
            Index = index,
            S3 = await ceph.NewBucket(),
        };
    }

    /// <summary>What leads a process to the stores of these settings, as its environment.</summary>
    public IReadOnlyDictionary<string, string> Environ(HostSettings settings)
    {
        var environ = new Dictionary<string, string>
        {
            ["Prefix"] = settings.Prefix,
            ["Origins__AllowPrivateAddresses"] = "true",
        };
        if (settings.Postgres is { } database) environ["ConnectionStrings__Postgres"] = database;
        if (settings.EventStore is not null) environ["EventStore"] = Real ?? loopback!.ConnectionString;
        if (settings.Index is { } index) (environ["Index"], environ["Elastic__Replicas"]) = ($"{index.Url}", "0");
        environ["Storage"] = settings.Storage;
        if (settings.S3 is not { } s3) return environ;

        environ["Storage"] = $"s3://{s3.Bucket}";
        environ["S3__Endpoint"] = $"{s3.Endpoint}";
        environ["S3__PathStyle"] = $"{s3.PathStyle}";
        environ["S3__Region"] = s3.Region;
        (environ["S3__AccessKey"], environ["S3__SecretKey"]) = (s3.Credentials!.AccessKey, s3.Credentials.Secret);
        return environ;
    }

    public async ValueTask DisposeAsync()
    {
        if (loopback is not null) await loopback.DisposeAsync();
    }
}
