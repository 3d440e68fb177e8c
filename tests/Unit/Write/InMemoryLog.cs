using System.Runtime.CompilerServices;
using Dlcs.Kernel.Events;

namespace Dlcs.Unit.Write;

/// <summary>A log that forgets, for deciders that meet each other. <c>Turn</c> comes before each step on it.</summary>
internal sealed class InMemoryLog : IEventStore
{
    private readonly List<LogEntry> entries = [];
    private readonly Dictionary<StreamName, List<Recorded>> streams = [];
    private readonly HashSet<Guid> ids = [];
    private readonly Lock access = new();
    private TaskCompletionSource appended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Awaited before every read and append; what it throws stops whoever it is.</summary>
    public Func<Task> Turn { get; set; } = () => Task.CompletedTask;

    /// <summary>Steps taken on it: reads and appends of any size.</summary>
    public int Steps { get; private set; }

    public IReadOnlyList<Recorded> All
    {
        get
        {
            lock (access) return [.. entries.Select(e => e.Recorded)];
        }
    }

    public IReadOnlyList<IEvent> Stream(StreamName name)
    {
        lock (access) return streams.TryGetValue(name, out var stream) ? [.. stream.Select(r => r.Event)] : [];
    }

    /// <summary>The same events, seen by another whose turns are its own.</summary>
    public IEventStore For(Func<Task> turn) => new Turned(this, turn);

    public ValueTask<Guid> Identity(CancellationToken ct) => new(Guid.Empty);

    public async IAsyncEnumerable<Recorded> Read(StreamName stream, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var recorded in (await ReadMany([stream], ct))[0]) yield return recorded;
    }

    public async Task<IReadOnlyList<IReadOnlyList<Recorded>>> ReadMany(
        IReadOnlyList<StreamName> names, CancellationToken ct)
    {
        await Step();
        lock (access)
            return [.. names.Select(n => (IReadOnlyList<Recorded>)(streams.TryGetValue(n, out var s) ? [.. s] : []))];
    }

    public async Task<Position> Append(Append append, CancellationToken ct) =>
        (await AppendMany([append], ct))[0] ?? throw new RevisionConflictException(append.Stream);

    public async Task<IReadOnlyList<Position?>> AppendMany(IReadOnlyList<Append> appends, CancellationToken ct)
    {
        await Step();
        lock (access)
        {
            var positions = appends.Select(TryAppend).ToList();
            var waited = appended;
            appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waited.SetResult();
            return positions;
        }
    }

    public Task<LogEntry?> ReadAt(Position at, CancellationToken ct)
    {
        lock (access)
            return Task.FromResult(entries.Any(e => e.Position == at) ? entries[(int)at.Value] : default(LogEntry?));
    }

    public Task<LogEntry?> ReadLast(Position upTo, CancellationToken ct)
    {
        lock (access)
            return Task.FromResult<LogEntry?>(entries.Any(e => e.Position <= upTo)
                ? entries.Last(e => e.Position <= upTo) : null);
    }

    public Task<Position> End(CancellationToken ct)
    {
        lock (access) return Task.FromResult(new Position(entries.Count - 1));
    }

    public Task<LogPage> ReadAll(Position after, int atMost, CancellationToken ct)
    {
        lock (access)
        {
            var page = entries.Where(e => e.Position > after).Take(atMost).ToList();
            return Task.FromResult(new LogPage(page, page is [.., var last] ? last.Position : after));
        }
    }

    public async IAsyncEnumerable<LogPage> Subscribe(
        Checkpoint after, int atMost, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            Task more;
            lock (access) more = appended.Task;
            var page = await ReadAll(after.Position, atMost, ct);
            if (page.Entries is not []) yield return page;
            else await more.WaitAsync(ct);
            after = after.After(page);
        }
    }

    private Position? TryAppend(Append append)
    {
        if (!streams.TryGetValue(append.Stream, out var stream)) streams[append.Stream] = stream = [];
        if (append.Revision != stream.Count - 1) return null;

        foreach (var e in append.Seal())
        {
            if (!ids.Add(e.Id)) throw new InvalidOperationException($"{e.Type} in {append.Stream} has an id twice");
            stream.Add(Sealing.Open(e.Id, e.Type, e.Data, e.Metadata, append.Stream, stream.Count));
            entries.Add(new(new Position(entries.Count), stream[^1]));
        }
        return entries[^1].Position;
    }

    private async Task Step()
    {
        await Turn();
        Steps++;
    }

    private sealed class Turned(InMemoryLog log, Func<Task> turn) : IEventStore
    {
        public ValueTask<Guid> Identity(CancellationToken ct) => log.Identity(ct);

        public async IAsyncEnumerable<Recorded> Read(StreamName stream, [EnumeratorCancellation] CancellationToken ct)
        {
            await turn();
            await foreach (var recorded in log.Read(stream, ct)) yield return recorded;
        }

        public async Task<IReadOnlyList<IReadOnlyList<Recorded>>> ReadMany(
            IReadOnlyList<StreamName> streams, CancellationToken ct)
        {
            await turn();
            return await log.ReadMany(streams, ct);
        }

        public async Task<Position> Append(Append append, CancellationToken ct)
        {
            await turn();
            return await log.Append(append, ct);
        }

        public async Task<IReadOnlyList<Position?>> AppendMany(IReadOnlyList<Append> appends, CancellationToken ct)
        {
            await turn();
            return await log.AppendMany(appends, ct);
        }

        public Task<LogEntry?> ReadAt(Position at, CancellationToken ct) => log.ReadAt(at, ct);

        public Task<LogEntry?> ReadLast(Position upTo, CancellationToken ct) => log.ReadLast(upTo, ct);

        public Task<Position> End(CancellationToken ct) => log.End(ct);

        public Task<LogPage> ReadAll(Position after, int atMost, CancellationToken ct) =>
            log.ReadAll(after, atMost, ct);

        public IAsyncEnumerable<LogPage> Subscribe(Checkpoint after, int atMost, CancellationToken ct) =>
            log.Subscribe(after, atMost, ct);
    }
}
