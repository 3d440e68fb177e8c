namespace Dlcs.Integration.Ops;

/// <summary>Whoever starts it is the one that the database and every file belong to.</summary>
public sealed class RunningAsAnOrdinaryUser : IDisposable
{
    private readonly DataFolder folder = new();

    [Fact]
    public async Task serves_and_stops_without_any_right_of_roots()
    {
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);
        string[] user = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"] : ["env"];
        if (await RunningOps.Run("/", [.. user, "dotnet", "--list-runtimes"]) is not (0, _))
            Assert.Skip("the .NET SDK is where only root may enter: install it for all users, in /usr/share/dotnet");
        var program = Path.Combine(AppContext.BaseDirectory, "dlcs.dll");
        if (await RunningOps.Run("/", [.. user, "test", "-r", program]) is not (0, _)) program = await Copy();

        string[] add = ["dotnet", program, "add", Sample(), "--space", "mine", "--string1", "mine"];
        var (exit, said) = await RunningOps.Run(folder.Path, [.. user, .. RunningOps.FreePorts, .. add]);

        exit.ShouldBe(0, said);
        said.ShouldContain("1 picture, 1 added.");
        File.Exists(Path.Combine(folder.Path, "data/postgres/cluster/PG_VERSION")).ShouldBeTrue();
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Of the program in root's own clone, where others may read it.</summary>
    private async Task<string> Copy()
    {
        var copy = Path.Combine(folder.Path, "program");
        (await RunningOps.Run("/", "cp", "-r", "--no-preserve=mode", AppContext.BaseDirectory, copy)).Exit.ShouldBe(0);
        return Path.Combine(copy, "dlcs.dll");
    }

    private string Sample()
    {
        var pictures = Directory.CreateDirectory(Path.Combine(folder.Path, "pictures")).FullName;
        File.Copy(Path.Combine(RunningOps.Root, "ops/samples/06-moons.png"), Path.Combine(pictures, "1.png"));
        return pictures;
    }
}
