namespace Dlcs.Integration.Ops;

/// <summary>Whoever starts it is the one that the database and every file belong to.</summary>
public sealed class RunningAsAnOrdinaryUser : IDisposable
{
    private static readonly string[] User = Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"] : ["env"];

    private readonly DataFolder folder = new();

    private string Clone => Path.Combine(folder.Path, "clone");

    [Fact]
    public async Task serves_and_stops_without_any_right_of_roots()
    {
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);
        if (await RunningOps.Run("/", [.. User, "dotnet", "--list-runtimes"]) is not (0, _))
            Assert.Skip("the .NET SDK is where only root may enter: install it for all users, in /usr/share/dotnet");
        await MakeClone();

        await using var run = await RunningOps.Ready(
            folder.Path, [.. User, .. RunningOps.FreePorts, Path.Combine(Clone, "ops/run"), "--no-samples"]);
        string[] add = [Path.Combine(Clone, "ops/dlcs"), "add", Sample(), "--space", "mine", "--string1", "mine"];
        var (exit, said) = await RunningOps.Run(folder.Path, [.. User, .. add]);

        exit.ShouldBe(0, said);
        said.ShouldContain("1 picture, 1 added.");
        (await run.Interrupt()).ShouldBe(0);
        run.Said.ShouldNotContain("Building"); // what is built is used as it is
        File.Exists(Path.Combine(folder.Path, "data/postgres/cluster/PG_VERSION")).ShouldBeTrue();
        (await RunningOps.Run(folder.Path, [.. User, "sh", "-c", "find data ! -user $(id -u)"])).ShouldBe((0, ""));
    }

    [Fact]
    public async Task finds_a_running_database_whose_socket_is_in_anothers_folder_for_passing_files()
    {
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);
        if (await RunningOps.Run("/", [.. User, "dotnet", "--list-runtimes"]) is not (0, _))
            Assert.Skip("the .NET SDK is where only root may enter: install it for all users, in /usr/share/dotnet");
        await MakeClone();
        var deep = Path.Combine(folder.Path, new string('d', 90)); // too long for a socket
        string[] passing = [Path.Combine(folder.Path, "one"), Path.Combine(folder.Path, "other")];
        foreach (var each in passing)
            (await RunningOps.Run(folder.Path, [.. User, "mkdir", each])).ShouldBe((0, ""));

        await using var run = await RunningOps.Ready(
            folder.Path,
            [.. User, .. RunningOps.FreePorts, $"TMPDIR={passing[0]}", Path.Combine(Clone, "ops/run"), "--no-samples",
                "--data", deep]);
        var (exit, said) = await RunningOps.Run(
            folder.Path,
            [.. User, "timeout", "60", "env", $"TMPDIR={passing[1]}", Path.Combine(Clone, "ops/dlcs"), "views",
                "--data", deep]);

        exit.ShouldBe(0, said);
        said.ShouldContain("images");
        (await run.Interrupt()).ShouldBe(0);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Of the clone that these tests are from, with what is built there; the user's own.</summary>
    private async Task MakeClone()
    {
        (await RunningOps.Run("/", Path.Combine(RunningOps.Root, "ops/dlcs"), "--help")).Exit.ShouldBe(0); // builds it
        (await RunningOps.Run(RunningOps.Root, "bash", "-c", $"""
            mkdir -p {Clone} &&
            cp -a --parents Directory.* .editorconfig ops src artifacts/.built artifacts/bin/Host/release {Clone} &&
            chown -R "$({string.Join(' ', User)} id -u)" {Clone}
            """)).ShouldBe((0, ""));
    }

    private string Sample()
    {
        var pictures = Directory.CreateDirectory(Path.Combine(folder.Path, "pictures")).FullName;
        File.Copy(Path.Combine(RunningOps.Root, "ops/samples/06-moons.png"), Path.Combine(pictures, "1.png"));
        return pictures;
    }
}
