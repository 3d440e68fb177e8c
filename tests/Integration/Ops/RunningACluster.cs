using System.Globalization;
using System.Net;
using System.Text;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Ops;

/// <summary><c>ops/cluster</c> where no engine is installed: it says so, and the processes are there.</summary>
public sealed class RunningACluster : IDisposable
{
    private readonly DataFolder folder = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task starts_a_process_per_role_and_stops_them_all()
    {
        var data = Path.Combine(folder.Path, "data");
        var port = Ports.Free(inARow: 12);
        await using var cluster = RunningOps.Start(
            folder.Path, "env", "EventStore=postgres", "Index=postgres", "Storage=" + Path.Combine(data, "storage"),
            Path.Combine(RunningOps.Root, "ops/cluster"), "--data", data, "--port", $"{port}", "--listen", "0.0.0.0");
        for (var tries = 0; !cluster.Said.Contains("\nReady.", StringComparison.Ordinal); tries++)
        {
            tries.ShouldBeLessThan(1800, cluster.Said);
            await Task.Delay(100, ct);
        }

        cluster.After("API").ShouldNotContain("0.0.0.0"); // nobody can go there
        cluster.After("IIIF").ShouldNotContain("0.0.0.0");
        File.GetUnixFileMode(data).ShouldBe(Environment.IsPrivilegedProcess
            ? (UnixFileMode)0b111_001_001 : (UnixFileMode)0b111_000_000); // pictures may be closed to the public
        File.GetUnixFileMode(Path.Combine(data, "engines")) // what says the key once
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var iiif in (int[])[port, port + 2]) (await Status(iiif, "/health/ready")).ShouldBe(HttpStatusCode.OK);
        (await Status(port + 1, "/customers/1")).ShouldBe(HttpStatusCode.Unauthorized);
        var key = Encoding.UTF8.GetBytes((await File.ReadAllTextAsync(Path.Combine(data, "admin-key"), ct)).Trim());
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(key));
        (await Status(port + 1, "/customers/1")).ShouldBe(HttpStatusCode.OK);

        (await cluster.Interrupt()).ShouldBe(0);
        await Should.ThrowAsync<HttpRequestException>(() => Status(port, "/health/live"));
        File.Exists(Path.Combine(data, "postgres/cluster/postmaster.pid")).ShouldBeFalse();
    }

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    private async Task<HttpStatusCode> Status(int port, string path)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{path}");
        using var answer = await http.GetAsync(new Uri(url), ct);
        return answer.StatusCode;
    }
}
