using Dlcs.Processing.Images;

namespace Dlcs.Unit.Processing;

public sealed class SweepingWorkFolders : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("dlcs-work-").FullName;

    [Fact]
    public void takes_away_what_the_dead_left()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(root, "left")).FullName, "half"), "half");

        using var folders = new WorkFolders(root);

        Directory.Exists(Path.Combine(root, "left")).ShouldBeFalse();
    }

    [Fact]
    public void leaves_what_it_may_not_take_away()
    {
        var another = Path.Combine(root, "another");
        Directory.CreateDirectory(Path.Combine(another, "lock")); // nobody, root neither, may open that as a file

        using (var folders = new WorkFolders(root)) Directory.Exists(folders.New().Path).ShouldBeTrue();

        Directory.GetDirectories(root).ShouldBe([another]);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
