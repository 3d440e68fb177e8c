namespace Dlcs.Kernel.Events.EventStore;

/// <summary>
/// Appends. What was begun runs to its end whatever the caller does, so that its outcome is known. Where it is not
/// known all the same, it is looked for before it is tried again: the ids of its events are known beforehand, and the
/// revision keeps it from landing twice; what expects no revision is looked for, and not tried again.
/// </summary>
internal sealed class Appender(Connection connection, LogReader reader)
{
    private const int LooksAtOnce = 32;

    /// <returns><c>null</c>: the stream is at another revision.</returns>
    /// <exception cref="LogUnavailableException">Not appended, or nothing is known of it.</exception>
    /// <exception cref="AppendTooLargeException">Over the server's own limit.</exception>
    public async Task<Position?> Append(SealedAppend append)
    {
        var patience = new Patience();
        for (var tried = 1; ; tried++)
        {
            try
            {
                if (tried > 1 && append.Expected.IsExact
                    && await Find(append, patience) is { Position: { } there }) return there;
                return await Settle(append, await connection.Ask(
                    node => SingleAppend.Send(append, node, connection), CancellationToken.None));
            }
            catch (Exception e) when (Failures.Of(e) is Failure.Unknown && !append.Expected.IsExact)
            {
                return (await Find(append, patience)).Position ?? throw Failures.Unavailable(e);
            }
            catch (Exception e) when (Failures.Passes(e))
            {
                await Bide(e, tried, patience);
            }
        }
    }

    /// <summary>Appends pipelined. Those whose outcome stays unknown are looked for and tried again.</summary>
    /// <exception cref="LogUnavailableException">Of some of them nothing is known.</exception>
    /// <exception cref="AppendTooLargeException">Over the server's own limit.</exception>
    public async Task<IReadOnlyList<Position?>> AppendTogether(IReadOnlyList<SealedAppend> appends)
    {
        var positions = new Position?[appends.Count];
        IReadOnlyList<int> open = [.. Enumerable.Range(0, appends.Count)];
        var patience = new Patience();
        for (var tried = 1; ; tried++)
        {
            if (tried > 1) await AtOnce(open, async i => positions[i] = (await Find(appends[i], patience)).Position);
            open = [.. open.Where(i => positions[i] is null)];
            if (open is []) return positions;
            var batch = new Batch([.. open.Select(i => appends[i])]);
            try
            {
                await connection.Ask(node => batch.Send(node, connection), CancellationToken.None);
            }
            catch (Exception e) when (Failures.Passes(e))
            {
                batch.Failure ??= e;
            }

            var answers = open.Zip(batch.Answers).ToDictionary();
            foreach (var i in open) positions[i] = answers[i] is { } answer ? Made(appends[i], answer) : null;
            await AtOnce(
                [.. open.Where(i => answers[i] is { Position: null })],
                async i => positions[i] = await Settle(appends[i], answers[i]!));
            open = [.. open.Where(i => answers[i] is null)];
            if (open is []) return positions;
            await Bide(batch.Failure!, tried, patience);
        }
    }

    /// <summary>
    /// Where an append stands that was refused, should it have been made before. A server refuses by what it has taken
    /// and shows what it has indexed: an event that the stream must have is waited for.
    /// </summary>
    private async Task<Position?> Settle(SealedAppend append, AppendAnswer answer)
    {
        if (Made(append, answer) is { } said) return said;
        if (answer.Revision < append.Revision) return null;
        if (!append.Expected.IsExact) return (await Find(append, new())).Position;
        for (var patience = new Patience(); ; await Task.Delay(Random.Shared.Next(2, 20)))
        {
            var (shown, position) = await Find(append, patience);
            if (shown || answer.Revision is null) return position;
            if (patience.IsOver())
                throw new LogUnavailableException("the log does not show what it has taken");
        }
    }

    /// <summary>Where it was made; <c>null</c>: it was not, or that was not said.</summary>
    /// <exception cref="InvalidDataException">At another revision: of a deleted stream a server takes any beginning.
    /// </exception>
    private static Position? Made(SealedAppend append, AppendAnswer answer) =>
        answer.Position is null || append.Revision is null || answer.Revision == append.Revision ? answer.Position
        : throw Failures.Lost(append.Key.ToStringUtf8());

    /// <summary>An append is all there or not at all: its last event, at its revision if it has one, stands for it.
    /// </summary>
    private async Task<(bool Shown, Position? Position)> Find(SealedAppend append, Patience patience)
    {
        var last = append.Events[^1].Id;
        if (append.Revision is { } revision)
            return await reader.Find(append.Key, revision, last, patience, CancellationToken.None);
        var position = await reader.Find(append.Key, last, patience, CancellationToken.None);
        return (position is not null, position);
    }

    private static Task AtOnce(IReadOnlyList<int> those, Func<int, Task> act) => Parallel.ForEachAsync(
        those, new ParallelOptions { MaxDegreeOfParallelism = LooksAtOnce }, async (i, _) => await act(i));

    /// <exception cref="LogUnavailableException">There is nothing to wait for, or it has taken too long.</exception>
    private async Task Bide(Exception e, int tried, Patience patience)
    {
        connection.Ailment.Meets(Failures.Reason(e));
        if (Failures.Of(e) is Failure.Away && tried is 1 && !connection.MayElect(e)) throw Failures.Unavailable(e);
        if (patience.IsOver()) throw Failures.Unavailable(e);
        await Task.Delay(Backoff.Pause(tried, least: 5, most: 500));
    }
}
