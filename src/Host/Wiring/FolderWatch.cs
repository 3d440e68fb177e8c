using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Folder;

namespace Dlcs.Host.Wiring;

/// <summary>
/// Removes what processes that died left half written in the folder of pixels: the one that lives on cleans up for all.
/// </summary>
/// <param name="open">The folder's storage; it throws while the folder is away.</param>
internal sealed partial class FolderWatch(Func<FolderStorage> open, TimeProvider time, ILogger<FolderWatch> log)
    : BackgroundService
{
    /// <summary>Between two looks.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                open().RemoveLeftovers();
            }
            catch (StorageUnavailableException e)
            {
                LogAway(log, e.Message);
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Debug, "What is left half written is not removed yet: {Reason}")]
    private static partial void LogAway(ILogger log, string reason);
}
