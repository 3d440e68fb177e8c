namespace Dlcs.Integration.Ops;

/// <summary>What is typed works from wherever, and by whatever path.</summary>
public sealed class FindingTheClone : IDisposable
{
    private readonly DataFolder folder = new();

    public static TheoryData<string, string, string> Scripts => new()
    {
        { "run", "--help", "--no-samples" },
        { "dlcs", "--help", "rebuild" },
        { "cluster", "--nothing=", "--nothing= needs a value; see the head of ops/cluster.\n" },
        { "test", "--nothing", "--nothing? ops/test [--profile local|cluster|all] [--complete]\n" },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task by_a_link(string script, string argument, string says)
    {
        var link = Path.Combine(folder.Path, script);
        File.CreateSymbolicLink(link, Path.Combine(RunningOps.Root, "ops", script));

        (await RunningOps.Run(folder.Path, link, argument)).Said.ShouldContain(says);
    }

    /// <summary>Where the shell looks for folders, it says which it has found.</summary>
    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task where_the_shell_looks_for_folders_elsewhere(string script, string argument, string says) =>
        (await RunningOps.Run(RunningOps.Root, "env", "CDPATH=.:/tmp", $"ops/{script}", argument))
        .Said.ShouldContain(says);

    public void Dispose() => folder.Dispose();
}
