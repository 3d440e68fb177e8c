using System.Runtime.CompilerServices;
using Dlcs.Kernel.Events;

namespace Dlcs.Unit.Write;

/// <summary>A log that forgets, for deciders that meet each other. <c>Turn</c> comes before each step on it.</summary>
internal sealed class InMemoryLog : IEventStore
{
    private readonly List<LogEntry> entries = [];
    private readonly Lock access = new();
    private TaskCompletionSource appended = new();

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

    public IReadOnlyList<IEvent> Stream(StreamName name) => [.. All.Where(r => r.Stream == name).Select(r => r.Event)];

    /// <summary>The same events, seen by another whose turns are its own.</summary>
    public IEventStore For(Func<Task> turn) => new Turned(this, turn);

    public ValueTask<Guid> Identity(CancellationToken ct) => new(Guid.Empty);

    public async IAsyncEnumerable<Recorded> Read(StreamName stream, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var recorded in (await ReadMany([stream], ct))[0]) yield return recorded;
    }

    public async Task<IReadOnlyList<IReadOnlyList<Recorded>>> ReadMany(
        IReadOnlyList<StreamName> streams, CancellationToken ct)
    {
        await Step();
        lock (access)
        {
            var wanted = streams.ToHashSet();
            var found = entries.Select(e => e.Recorded).Where(r => wanted.Contains(r.Stream)).ToLookup(r => r.Stream);
            return [.. streams.Select(s => (IReadOnlyList<Recorded>)[.. found[s]])];
        }
    }

    public async Task<Position> Append(Append append, CancellationToken ct) =>
        (await AppendMany([append], ct))[0] ?? throw new RevisionConflictException(append.Stream);

    public async Task<IReadOnlyList<Position?>> AppendMany(IReadOnlyList<Append> appends, CancellationToken ct)
    {
        await Step();
        lock (access)
        {
            var positions = appends.Select(TryAppend).ToList();
            appended.TrySetResult();
            appended = new();
            return positions;
        }
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
        Position after, int atMost, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            Task more;
            lock (access) more = appended.Task;
            var page = await ReadAll(after, atMost, ct);
            if (page.Entries is not []) yield return page;
            else await more.WaitAsync(ct);
            after = page.Through;
        }
    }

    private Position? TryAppend(Append append)
    {
        var revision = entries.Count(e => e.Recorded.Stream == append.Stream) - 1;
        if (append.Revision != revision) return null;

        foreach (var (i, e) in append.Seal().Index())
        {
            var recorded = Sealing.Open(e.Id, e.Type, e.Data, e.Metadata, append.Stream, ++revision);
            if (entries.Any(known => known.Recorded.Id == recorded.Id))
                throw new InvalidOperationException($"the id of {e.Type}, {i} of {append.Stream}, was there before");
            entries.Add(new(new Position(entries.Count), recorded));
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

        public Task<LogPage> ReadAll(Position after, int atMost, CancellationToken ct) => log.ReadAll(after, atMost, ct);

        public IAsyncEnumerable<LogPage> Subscribe(Position after, int atMost, CancellationToken ct) =>
            log.Subscribe(after, atMost, ct);
    }
}
