using System.Threading.Channels;
using EventStoreDb.Wire;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>
/// Who has caught up and is told of what comes. Its buffer is small; who lets it run over is dropped.
/// </summary>
/// <param name="wanted">The filter.</param>
/// <param name="answer">An event as it is sent.</param>
/// <param name="interval">After so many events a checkpoint; 0: never.</param>
internal sealed class LiveReader(
    Predicate<StoredEvent> wanted, Func<StoredEvent, ReadResp> answer, uint interval)
{
    private const int Buffer = 32;
    private readonly Channel<ReadResp> channel = Channel.CreateBounded<ReadResp>(Buffer);
    private uint considered;

    public bool Dropped { get; private set; }

    public ChannelReader<ReadResp> Answers => channel.Reader;

    public void Tell(StoredEvent e)
    {
        if (Dropped) return;
        var room = !wanted(e) || channel.Writer.TryWrite(answer(e));
        if (interval > 0 && ++considered % interval is 0)
            room &= channel.Writer.TryWrite(Checkpoint(e.Position, e.Position));
        if (room) return;
        Dropped = true;
        channel.Writer.TryComplete(new TooSlowException());
    }

    public static ReadResp Checkpoint(ulong commit, ulong prepare) =>
        new() { Checkpoint = new() { CommitPosition = commit, PreparePosition = prepare } };
}

internal sealed class TooSlowException : Exception;
