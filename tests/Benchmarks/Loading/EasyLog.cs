using Dlcs.Kernel.Events;

namespace Dlcs.Benchmarks.Loading;

/// <summary>A log that costs nothing to read: for what reads one from end to end, and nothing else.</summary>
internal abstract class EasyLog : IEventStore
{
    public abstract ValueTask<Guid> Identity(CancellationToken ct);

    public abstract Task<Position> End(CancellationToken ct);

    public abstract Task<LogPage> ReadAll(Position after, int atMost, CancellationToken ct);

    public Task<LogEntry?> ReadAt(Position at, CancellationToken ct) => throw Unread();

    public Task<LogEntry?> ReadLast(Position upTo, CancellationToken ct) => throw Unread();

    public IAsyncEnumerable<Recorded> Read(StreamName stream, CancellationToken ct) => throw Unread();

    public Task<IReadOnlyList<IReadOnlyList<Recorded>>> ReadMany(
        IReadOnlyList<StreamName> streams, CancellationToken ct) => throw Unread();

    public Task<Position> Append(Append append, CancellationToken ct) => throw Unread();

    public Task<IReadOnlyList<Position?>> AppendMany(IReadOnlyList<Append> appends, CancellationToken ct) =>
        throw Unread();

    public IAsyncEnumerable<LogPage> Subscribe(Checkpoint after, int atMost, CancellationToken ct) => throw Unread();

    private static NotSupportedException Unread() => new("this log is only read from end to end");
}
