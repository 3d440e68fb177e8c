using System.Diagnostics;
using Amazon.S3;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Integration.Servers;

/// <summary>A radosgw: what speaks S3 in front of a Ceph cluster. Killed and started again it answers as before.
/// </summary>
public sealed class CephGateway : IAsyncDisposable
{
    private readonly CephCluster cluster;
    private readonly int port;
    private Process? process;

    private CephGateway(CephCluster cluster, int port, Process process) =>
        (this.cluster, this.port, this.process) = (cluster, port, process);

    public static async Task<CephGateway> Start(CephCluster cluster)
    {
        var port = Ports.Free();
        var gateway = new CephGateway(cluster, port, Run(cluster, port));
        await gateway.Answers();
        return gateway;
    }

    public S3Settings Settings(string bucket) => new(bucket)
    {
        Endpoint = new($"http://127.0.0.1:{port}"),
        PathStyle = true,
        Region = "default",
        Credentials = new(CephCluster.AccessKey, CephCluster.Secret),
    };

    public static async Task MakeBucket(S3Settings at)
    {
        using var client = Client(at);
        await client.PutBucketAsync(at.Bucket);
    }

    /// <summary>The SDK's own, for what only tests do.</summary>
    public static AmazonS3Client Client(S3Settings at) => new(
        at.Credentials!.AccessKey, at.Credentials.Secret, new AmazonS3Config
        {
            ServiceURL = at.Endpoint!.AbsoluteUri,
            ForcePathStyle = true,
            AuthenticationRegion = at.Region,
        });

    public async Task Kill()
    {
        if (process is null) return;
        await CephCluster.Kill(process);
        process = null;
    }

    public async Task StartAgain()
    {
        process = Run(cluster, port);
        await Answers();
    }

    public ValueTask DisposeAsync() => new(Kill());

    private static Process Run(CephCluster cluster, int port) => cluster.Run(
        "radosgw", "-f", "-n", "client.rgw", "--rgw-frontends", $"beast endpoint=127.0.0.1:{port} tcp_nodelay=1");

    private async Task Answers()
    {
        using var http = new HttpClient();
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/"));
                return;
            }
            catch (HttpRequestException) when (process is { HasExited: false } && clock.Elapsed < CephCluster.Patience)
            {
                // It does not listen yet.
            }
        }
    }
}
