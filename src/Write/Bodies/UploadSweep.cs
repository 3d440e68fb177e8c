using Dlcs.Kernel.Storage.Folder;
using Microsoft.Extensions.Hosting;

namespace Dlcs.Write.Bodies;

/// <summary>Takes away, at the start, the uploads that a crash left; those of living processes stay.</summary>
public sealed class UploadSweep(WriteSettings settings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(settings.UploadFolder)) Files(settings.UploadFolder).Sweep();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static Incoming Files(string folder) => new(folder, ".upload");
}
