using System.Threading.Channels;
using EventStoreDb.Wire;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>
/// Many appends in one call, each for itself: sent without waiting for the answers, which come in any order. What comes
/// later in a stream is sent when what comes before it was answered. All of them expect nothing yet, or a revision.
/// </summary>
internal sealed class Batch(IReadOnlyList<SealedAppend> appends)
{
    private const int MostInFlight = 512;

    private static readonly WriteOptions Together = new(WriteFlags.BufferHint);
    private static readonly WriteOptions AtOnce = new();

    private readonly AppendAnswer?[] answers = new AppendAnswer?[appends.Count];
    private readonly int[] next = Following(appends);
    private Channel<int> ready = Channel.CreateUnbounded<int>();
    private int unsent; // behind one of which nothing is known

    /// <summary>To each append; <c>null</c>: nothing is known of it.</summary>
    public IReadOnlyList<AppendAnswer?> Answers => answers;

    /// <summary>Why nothing is known of some.</summary>
    public Exception? Failure { get; set; }

    /// <exception cref="RpcException">The call broke off; or the server finds fault with an append.</exception>
    /// <exception cref="AppendTooLargeException">Over the server's own limit.</exception>
    public async Task<Batch> Send(Node node, Connection connection)
    {
        ready = Channel.CreateUnbounded<int>(new() { SingleReader = true });
        using var patience = new CancellationTokenSource();
        using var window = new SemaphoreSlim(MostInFlight);
        using var call = node.Streams.BatchAppend(connection.Options(patience.Token));
        foreach (var i in Enumerable.Range(0, appends.Count).Except(next.Where(n => n > 0))) ready.Writer.TryWrite(i);
        var saying = Say(call.RequestStream, window, connection.Deadline);
        try
        {
            for (var heard = 0; heard < appends.Count - unsent; heard++)
            {
                patience.CancelAfter(connection.Deadline);
                if (!await call.ResponseStream.MoveNext(CancellationToken.None))
                    throw new RpcException(new(StatusCode.Unavailable, "the server ended the call"));
                Hear(call.ResponseStream.Current);
                window.Release();
            }
            return this;
        }
        catch (RpcException e) when (patience.IsCancellationRequested)
        {
            throw new RpcException(new(StatusCode.DeadlineExceeded, "no answer", e));
        }
        finally
        {
            ready.Writer.TryComplete();
            window.Release(appends.Count);
            await patience.CancelAsync();
            await saying;
        }
    }

    private async Task Say(
        IClientStreamWriter<BatchAppendReq> requests, SemaphoreSlim window, TimeSpan deadline)
    {
        try
        {
            await foreach (var i in ready.Reader.ReadAllAsync())
            {
                await window.WaitAsync();
                requests.WriteOptions = window.CurrentCount > 0 && ready.Reader.TryPeek(out _) ? Together : AtOnce;
                await requests.WriteAsync(Request(i, deadline));
            }
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The call is over: why, whoever hears the answers is told.
        }
    }

    private void Hear(BatchAppendResp answer)
    {
        var i = Number(answer.CorrelationId);
        answers[i] = AppendAnswer.Of(answer, out var failure);
        Failure ??= failure;
        if (answers[i] is null) unsent += Behind(i);
        else if (next[i] > 0) ready.Writer.TryWrite(next[i]);
    }

    /// <summary>How many appends to the same stream wait for that one.</summary>
    private int Behind(int i)
    {
        var count = 0;
        for (; next[i] > 0; i = next[i]) count++;
        return count;
    }

    private BatchAppendReq Request(int i, TimeSpan deadline)
    {
        var (append, options) = (appends[i], new BatchAppendReq.Types.Options());
        options.StreamIdentifier = Wire.Stream(append.Key);
        options.Deadline = Duration.FromTimeSpan(deadline);
        if (append.Expected == ExpectedRevision.NoStream) options.NoStream = Wire.Void;
        else options.StreamPosition = (ulong)append.Expected.Value;

        var request = new BatchAppendReq { CorrelationId = Correlation(i), Options = options, IsFinal = true };
        request.ProposedMessages.AddRange(append.Events.Select(Wire.Of));
        return request;
    }

    private static UUID Correlation(int i) =>
        new() { Structured = new() { MostSignificantBits = 1, LeastSignificantBits = i + 1 } };

    private int Number(UUID correlation)
    {
        var number = correlation.Structured is { } s ? s.LeastSignificantBits - 1
            : Wire.Of(Wire.Of(correlation)).Structured.LeastSignificantBits - 1;
        return number >= 0 && number < appends.Count ? (int)number
            : throw new InvalidDataException("the log answered an append that was not sent");
    }

    /// <summary>For each append the next one to the same stream; 0: there is none.</summary>
    private static int[] Following(IReadOnlyList<SealedAppend> appends)
    {
        var (next, last) = (new int[appends.Count], new Dictionary<Google.Protobuf.ByteString, int>());
        for (var i = 0; i < appends.Count; i++)
        {
            if (last.TryGetValue(appends[i].Key, out var before)) next[before] = i;
            last[appends[i].Key] = i;
        }
        return next;
    }
}
