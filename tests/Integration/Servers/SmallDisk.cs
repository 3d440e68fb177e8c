using System.Diagnostics;

namespace Dlcs.Integration.Servers;

/// <summary>A disk of its own, and soon full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Mounts it there; skips the test where that is not allowed.</summary>
    /// <param name="size">As mount takes it: <c>200k</c>.</param>
    public static SmallDisk At(string folder, string size)
    {
        Directory.CreateDirectory(folder);
        if (Run("mount", "-t", "tmpfs", "-o", $"size={size}", "none", folder) is not 0)
            Assert.Skip("only root may mount a small disk: sudo ops/test runs this");
        return new(folder);
    }

    public void Dispose() => Run("umount", Folder);

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
