using Microsoft.Extensions.Hosting;

namespace Dlcs.Write.Bodies;

/// <summary>Takes away, at the start, the uploads that a crash left; those of living processes stay.</summary>
public sealed class UploadSweep(WriteSettings settings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(settings.UploadFolder);
        if (!folder.Exists) return Task.CompletedTask;

        foreach (var file in folder.EnumerateFiles("*.upload"))
            if (IsLeft(file))
                file.Delete();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whoever writes an upload holds a shared lock on it until the end.</summary>
    private static bool IsLeft(FileInfo file)
    {
        try
        {
            using var alone = file.Open(FileMode.Open, FileAccess.Read, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
