using Dlcs.Host.Wiring;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dlcs.Integration.Storage;

/// <summary>A host that stays up cleans up after those that died.</summary>
public sealed class SweepingAFolder : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("dlcs-folder-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task goes_on_as_long_as_the_host_lives_also_after_a_folder_that_was_away()
    {
        var folder = Path.Combine(root, "objects");
        await File.WriteAllTextAsync(folder, "in the way", Ct);
        using var watch = new FolderWatch(
            () => new(folder, TimeProvider.System), TimeProvider.System, NullLogger<FolderWatch>.Instance)
        { Pause = TimeSpan.FromMilliseconds(20) };
        await watch.StartAsync(Ct);
        await Task.Delay(100, Ct);
        File.Delete(folder);

        for (var crashes = 0; crashes < 2; crashes++)
        {
            var left = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, ".incoming")).FullName, "left");
            await File.WriteAllTextAsync(left, "half", Ct);
            for (var tries = 0; File.Exists(left); tries++)
            {
                tries.ShouldBeLessThan(3000);
                await Task.Delay(20, Ct);
            }
        }
        await watch.StopAsync(Ct);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
