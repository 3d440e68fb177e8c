using Dlcs.Processing.Queue;
using Microsoft.Extensions.Logging;
using Wolverine.ErrorHandling;
using Wolverine.Runtime;
using Wolverine.Runtime.Handlers;

namespace Dlcs.Processing.Images;

/// <summary>
/// Does a job that came out of a lane. It comes at least once: what is settled or superseded is dropped, and two that
/// do the same get one outcome.
/// </summary>
/// <remarks>Registered by hand, so that Wolverine generates no code for it.</remarks>
internal sealed class ProcessImageHandler(Job job, Tries tries, ILogger<ProcessImageHandler> logger)
    : MessageHandler<ProcessImage>
{
    /// <summary>
    /// A job cut off by a stop stays in the inbox, and is whole again at the next start. All else is tried as often as
    /// there are pauses; the last failure is told to the log before the message goes to the dead letters.
    /// </summary>
    public override void ConfigureChain(HandlerChain chain)
    {
        chain.SuccessLogLevel = chain.ProcessingLogLevel = LogLevel.Debug;
        chain.OnException<StoppedException>().CustomActionIndefinitely(
            (_, _, _) => ValueTask.CompletedTask, "leave it in the inbox");
        chain.OnException<Exception>().ScheduleRetry(tries.Delays);
    }

    protected override async Task HandleAsync(ProcessImage message, MessageContext context, CancellationToken ct)
    {
        using var scope = logger.BeginScope(
            "{CorrelationId} {Image} {Registration}", message.Correlation, message.Id, message.Registration);
        var envelope = context.Envelope!;
        try
        {
            await job.Wait(() => tries.Count(envelope.Id, envelope.Attempts, ct), ct);
            if (envelope.Attempts > tries.Most) await job.GiveUp(message, tries.Most, ct);
            else await job.Try(message, envelope.Attempts, last: envelope.Attempts == tries.Most, ct);
        }
        catch (OperationCanceledException e) when (ct.IsCancellationRequested || job.IsStopping)
        {
            await tries.Count(envelope.Id, envelope.Attempts - 1, CancellationToken.None); // a stop is no failure
            throw new StoppedException(e);
        }
    }
}

/// <summary>The process stops in the middle of a job.</summary>
internal sealed class StoppedException(Exception inner) : Exception("the worker stops", inner);
