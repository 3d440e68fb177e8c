using EventStoreDb.Wire;
using Grpc.Core;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>
/// Says behind each answer to a read what servers may say and no client need understand: where they are in the log, and
/// what only servers to come know.
/// </summary>
internal sealed class Chatter(IServerStreamWriter<ReadResp> answers) : IServerStreamWriter<ReadResp>
{
    private const byte UnknownMessage = (15 << 3) | 2; // of field 15

    private static readonly ReadResp[] Words =
    [
        new() { CaughtUp = new() },
        new() { FellBehind = new() },
        new() { LastAllStreamPosition = new() { CommitPosition = 7, PreparePosition = 7 } },
        new() { FirstStreamPosition = 0 },
        new() { LastStreamPosition = 0 },
        new(),
        ReadResp.Parser.ParseFrom([UnknownMessage, 0]),
    ];

    public WriteOptions? WriteOptions
    {
        get => answers.WriteOptions;
        set => answers.WriteOptions = value;
    }

    public Task WriteAsync(ReadResp message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(ReadResp message, CancellationToken cancellationToken)
    {
        await answers.WriteAsync(message, cancellationToken);
        foreach (var word in Words) await answers.WriteAsync(word, cancellationToken);
    }
}
