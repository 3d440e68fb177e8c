using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Host.Wiring;

/// <summary>
/// Looks at the start whether there is a bucket: without one the program stops, because a setting is wrong; a store
/// that is away may come back. Then removes once a day the uploads that crashes left unfinished.
/// </summary>
internal sealed partial class S3Watch(S3Storage storage, TimeProvider time, ILogger<S3Watch> log) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            if (!await storage.BucketExists(patience.Token))
            {
                throw new SettingException(
                    $"The setting Storage names {storage}, but there is no such bucket: make it, or name another.");
            }
        }
        catch (Exception e) when (e is StorageUnavailableException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // It may come back: FirstAnswers waits for it, and tells why.
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var pause = Day;
            try
            {
                if (await storage.AbortLeftovers(stoppingToken) is > 0 and var aborted) LogAborted(log, aborted);
            }
            catch (StorageUnavailableException e)
            {
                LogAway(log, storage, e.Message);
                pause = Again;
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Unfinished uploads in {Storage} are not removed yet: {Reason}")]
    private static partial void LogAway(ILogger log, S3Storage storage, string reason);

    [LoggerMessage(LogLevel.Information, "{Count} unfinished uploads, older than a day, were removed")]
    private static partial void LogAborted(ILogger log, int count);
}
