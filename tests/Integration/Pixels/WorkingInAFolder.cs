using System.Diagnostics;
using Dlcs.Processing.Pixels;

namespace Dlcs.Integration.Pixels;

public sealed class WorkingInAFolder : IDisposable
{
    private static readonly TimeProvider Later = new Offset(TimeSpan.FromHours(1));
    private readonly string parent = Directory.CreateTempSubdirectory("dlcs-work-").FullName;

    [Fact]
    public void removes_its_files_at_the_end()
    {
        using (var work = WorkFolder.Make(parent)) File.WriteAllText(Path.Combine(work.Path, "pyramid.zip"), "tiles");

        Directory.GetFileSystemEntries(parent).ShouldBeEmpty();
    }

    [Fact]
    public void leaves_alone_what_others_work_in()
    {
        using var work = WorkFolder.Make(parent);

        WorkFolder.RemoveOrphans(parent, Later).ShouldBe(0);

        Directory.Exists(work.Path).ShouldBeTrue();
    }

    /// <summary>The kernel releases the lock of a process that is killed: <c>flock</c> stands in for it.</summary>
    [Fact]
    public async Task removes_what_a_killed_process_left()
    {
        var left = Directory.CreateDirectory(Path.Combine(parent, "left")).FullName;
        await File.WriteAllTextAsync(Path.Combine(left, ".lock"), "", TestContext.Current.CancellationToken);
        using var owner = Process.Start("flock", ["-x", Path.Combine(left, ".lock"), "sleep", "60"]);
        while (!Locked(left)) await Task.Delay(10, TestContext.Current.CancellationToken);
        WorkFolder.RemoveOrphans(parent, Later).ShouldBe(0);

        owner.Kill(entireProcessTree: true);
        await owner.WaitForExitAsync(TestContext.Current.CancellationToken);

        while (Locked(left)) await Task.Delay(10, TestContext.Current.CancellationToken);
        WorkFolder.RemoveOrphans(parent, Later).ShouldBe(1);
        Directory.GetFileSystemEntries(parent).ShouldBeEmpty();
    }

    [Fact]
    public void waits_for_the_lock_of_a_folder_that_was_just_made()
    {
        Directory.CreateDirectory(Path.Combine(parent, "new"));

        WorkFolder.RemoveOrphans(parent, TimeProvider.System).ShouldBe(0);
        WorkFolder.RemoveOrphans(parent, Later).ShouldBe(1);
    }

    public void Dispose() => Directory.Delete(parent, recursive: true);

    private static bool Locked(string folder)
    {
        try
        {
            using var held = new FileStream(
                Path.Combine(folder, ".lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private sealed class Offset(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
