using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dlcs.Integration.Ops;

/// <summary>What <c>ops/cluster</c> starts where engines are on the path: these note how they were called, and end.
/// </summary>
public sealed class StartingAClustersEngines : IDisposable
{
    private readonly DataFolder folder = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("elasticsearch", false, "-Expack.security.enabled=false")]
    [InlineData("opensearch", false, "")]
    [InlineData("opensearch", true, "-Eplugins.security.disabled=true")]
    public async Task are_told_what_each_search_engine_knows(string engine, bool plugin, string security)
    {
        MustBeFree(9200);
        Acts(engine);
        if (plugin) Directory.CreateDirectory(Path.Combine(folder.Path, engine, "plugins/opensearch-security"));

        (await Cluster("data", "Index=")).Exit.ShouldBe(1);

        var told = await Noted(engine, "told");
        told.ShouldContain("-Ehttp.port=9200");
        told.Where(each => each.Contains("security", StringComparison.Ordinal))
            .ShouldBe(security.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("eventstored", "EventStore=", 2113)]
    [InlineData("opensearch", "Index=", 9200)]
    [InlineData("minio", "Storage=", 9000)]
    public async Task are_not_started_where_something_else_answers_already(string engine, string setting, int port)
    {
        Acts(engine);
        using var other = Listen(port);

        var (exit, said) = await Cluster("data", setting);

        exit.ShouldBe(1, said);
        said.ShouldContain(port.ToString(CultureInfo.InvariantCulture));
        Directory.GetFiles(Path.Combine(folder.Path, engine, "bin")).ShouldHaveSingleItem(); // nothing is noted
    }

    [Fact]
    public async Task have_a_secret_for_each_data_folder_that_nobody_else_knows()
    {
        MustBeFree(9000);
        Acts("minio");

        var one = await Secret("one");
        var other = await Secret("other");

        one.Length.ShouldBeGreaterThanOrEqualTo(32);
        other.ShouldNotBe(one);
        (await Secret("one")).ShouldBe(one);
        foreach (var file in Directory.GetFiles(Path.Combine(folder.Path, "one/engines"), "*secret*"))
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>An engine as it comes from its maker, and a link to it on the path.</summary>
    private void Acts(string engine)
    {
        var bin = Directory.CreateDirectory(Path.Combine(folder.Path, engine, "bin")).FullName;
        var program = Path.Combine(bin, engine);
        File.WriteAllText(program, $"""
            #!/bin/sh
            printf '%s\n' "$@" >'{bin}/told'
            env >'{bin}/environ'
            exit 1

            """);
        File.SetUnixFileMode(program, DataFolder.Open);
        File.CreateSymbolicLink(
            Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "path")).FullName, engine), program);
    }

    /// <param name="setting">Of the one engine that is not named elsewhere.</param>
    private Task<(int Exit, string Said)> Cluster(string data, string setting) => RunningOps.Run(
        folder.Path, "env", $"PATH={folder.Path}/path:{Environment.GetEnvironmentVariable("PATH")}",
        "EventStore=postgres", "Index=postgres", "Storage=storage", setting,
        Path.Combine(RunningOps.Root, "ops/cluster"), "--data", data);

    private Task<string[]> Noted(string engine, string what) =>
        File.ReadAllLinesAsync(Path.Combine(folder.Path, engine, "bin", what), ct);

    private async Task<string> Secret(string data)
    {
        (await Cluster(data, "Storage=")).Exit.ShouldBe(1);
        const string begins = "MINIO_ROOT_PASSWORD=";
        var environ = await Noted("minio", "environ");
        return environ.Single(line => line.StartsWith(begins, StringComparison.Ordinal))[begins.Length..];
    }

    private static void MustBeFree(int port)
    {
        using var listener = Listen(port);
        Assert.SkipWhen(listener is null, $"something listens on port {port} already");
    }

    /// <returns><c>null</c>: another program does that already.</returns>
    private static TcpListener? Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }
}
