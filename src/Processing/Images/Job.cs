using Dlcs.Kernel.Events;
using Dlcs.Write.Images;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dlcs.Processing.Images;

/// <summary>One try at one registration, and what is told to the log of it.</summary>
internal sealed class Job(Ingest ingest, JobSetting setting, ILogger<Job> logger)
{
    /// <exception cref="Exception">It failed and may pass, or it was the last try: then the log knows.</exception>
    public async Task Try(ProcessImage message, int attempt, bool last, CancellationToken ct)
    {
        if (await Waiting(message, ct) is not { } registered) return;

        try
        {
            var ingested = await Run((ImageRegistered)registered.Event, ct);
            await Report(registered, image => ReportIngested.Decide(ingested, image), ct);
            logger.LogInformation("Image ingested");
        }
        catch (Exception e) when (e is not OperationCanceledException || !(ct.IsCancellationRequested || IsStopping))
        {
            var failure = Failure.Of(e);
            logger.LogWarning(
                failure.IsExpected ? null : e, "Try {Attempt} failed: {Reason}", attempt, failure.Reason);
            if (!failure.MayPass || last)
                await Fail(registered, message, failure.After(attempt), ct);
            if (!failure.MayPass) return;

            // The pause before the next try is written to PostgreSQL: wait for it here, where nothing is lost.
            if (last || await Waiting(message, ct) is not null) throw;
        }
    }

    /// <summary>The worker died as often as it tried: the image may be what kills it.</summary>
    public async Task GiveUp(ProcessImage message, int tries, CancellationToken ct)
    {
        if (await Waiting(message, ct) is not { } registered) return;

        var failure = new Failure("processing it stopped the worker each time", MayPass: false);
        logger.LogError("Given up: {Reason}", failure.Reason);
        await Fail(registered, message, failure.After(tries), ct);
    }

    /// <summary>Whoever waits for a store then waits no longer; what runs may end.</summary>
    public bool IsStopping => setting.Stopping.IsCancellationRequested;

    /// <summary>Waits for what it needs of the stores when they are away.</summary>
    public Task Wait(Func<Task> act, CancellationToken ct) => Patiently(async () => { await act(); return true; }, ct);

    private async Task<Recorded?> Waiting(ProcessImage message, CancellationToken ct)
    {
        var history = await Patiently(async () => await setting.Store.Read(message.Id.Stream, ct).ToListAsync(ct), ct);
        if (history.Aggregate(Image.Initial, Image.Evolve).Awaits(message.Registration))
            return history.Last(r => r.Event is ImageRegistered e && e.Registration == message.Registration);

        logger.LogDebug("Dropped: settled already, superseded or deleted");
        return null;
    }

    private async Task<ReportIngested> Run(ImageRegistered registered, CancellationToken ct)
    {
        using var deadline = new Deadline(setting.Timeout, setting.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        using var folder = setting.Folders.New();
        try
        {
            return await ingest.Run(
                registered, folder, (act, token) => deadline.Stopped(act, Wait, token), either.Token);
        }
        catch (OperationCanceledException e) when (deadline.IsOver && !ct.IsCancellationRequested && !IsStopping)
        {
            throw new TimeoutException(FormattableString.Invariant(
                $"processing did not end within {setting.Timeout.TotalMinutes:0.#} min"), e);
        }
    }

    private Task<Decided<Image>> Fail(Recorded registered, ProcessImage message, string reason, CancellationToken ct) =>
        Report(registered, image => ReportFailed.Decide(new(message.Id, message.Registration, reason), image), ct);

    private Task<Decided<Image>> Report(Recorded registered, Func<Image, Decision> decide, CancellationToken ct)
    {
        var registration = ((ImageRegistered)registered.Event).Registration;
        var command = NamedGuid.Of(registration, $"outcome of {registered.Stream}");
        var metadata = Metadata.Following(registered, command, setting.Time.GetUtcNow());
        return Patiently(() => setting.Store.Decide(registered.Stream, metadata, decide, ct), ct);
    }

    private async Task<T> Patiently<T>(Func<Task<T>> act, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, setting.Stopping);
        return await Patience.Until(
            act, setting.Time, away => logger.LogInformation("Waiting for a store: {Reason}", away.Message),
            either.Token);
    }
}

/// <summary>What jobs work with.</summary>
internal sealed record JobSetting(
    IEventStore Store, WorkFolders Folders, TimeProvider Time, ProcessingSettings Settings,
    IHostApplicationLifetime Lifetime)
{
    /// <summary>Of one try; waiting for a store does not count.</summary>
    public TimeSpan Timeout => Settings.JobTimeout;

    /// <summary>The process is to end.</summary>
    public CancellationToken Stopping => Lifetime.ApplicationStopping;
}
