using System.Globalization;
using Dlcs.Integration.Log.Loopback;
using EventStoreDb.Wire;
using Google.Protobuf;
using Grpc.Core;
using static EventStoreDb.Wire.ReadReq.Types;
using static EventStoreDb.Wire.ReadResp.Types;

namespace Dlcs.Integration.Log;

/// <summary>EventStoreDB's calls as they are.</summary>
/// <param name="prefix">Begins the names of all streams.</param>
internal sealed class RawClient(Streams.StreamsClient streams, Metadata headers, string prefix)
{
    private static int number;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string NewStream() =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}raw{Interlocked.Increment(ref number)}:stream");

    /// <summary>A new stream of a, b, c, d, e.</summary>
    public async Task<string> FiveEvents()
    {
        var stream = NewStream();
        (await Append(stream, new() { NoStream = new() }, "a", "b", "c", "d", "e")).Success.ShouldNotBeNull();
        return stream;
    }

    /// <summary>All answers, or those until it is enough.</summary>
    /// <param name="patience">In milliseconds.</param>
    public async Task<IReadOnlyList<ReadResp>> Read(
        ReadReq request, Predicate<IReadOnlyList<ReadResp>>? until = null, int patience = 10_000)
    {
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(patience);
        using var call = streams.Read(request, headers, deadline, Ct);
        var answers = new List<ReadResp>();
        while (until?.Invoke(answers) is not true && await call.ResponseStream.MoveNext(Ct))
            answers.Add(call.ResponseStream.Current);
        return answers;
    }

    public Task<AppendResp> Append(string stream, AppendReq.Types.Options options, params string[] names) =>
        Append(stream, options, [.. names.Select(Event)]);

    public Task<AppendResp> Append(string stream, AppendReq.Types.Options options, Guid id, string name)
    {
        var e = Event(name);
        e.Id = Spelling.Structured(id);
        return Append(stream, options, [e]);
    }

    public async Task<BatchAppendResp> Batch(
        string stream, BatchAppendReq.Types.Options options, params string[] names)
    {
        using var call = streams.BatchAppend(headers, cancellationToken: Ct);
        options.StreamIdentifier = Name(stream);
        options.Deadline = new() { Seconds = 10 };
        var request = new BatchAppendReq
        {
            CorrelationId = Spelling.Structured(Guid.CreateVersion7()),
            Options = options,
            IsFinal = true,
        };
        request.ProposedMessages.AddRange(names.Select(Event));
        await call.RequestStream.WriteAsync(request, Ct);
        (await call.ResponseStream.MoveNext(Ct)).ShouldBeTrue();
        call.ResponseStream.Current.CorrelationId.ShouldBe(request.CorrelationId);
        return call.ResponseStream.Current;
    }

    public async Task Delete(string stream, ulong revision, bool forever = false)
    {
        var options = new DeleteReq.Types.Options { StreamIdentifier = Name(stream), Revision = revision };
        if (forever) await streams.TombstoneAsync(new() { Options = options }, headers, cancellationToken: Ct);
        else await streams.DeleteAsync(new() { Options = options }, headers, cancellationToken: Ct);
    }

    public static IReadOnlyList<RecordedEvent> Events(IReadOnlyList<ReadResp> answers) =>
        [.. answers.Where(a => a.Event is not null).Select(a => a.Event.Event)];

    public static string Names(IReadOnlyList<ReadResp> answers) =>
        string.Join(' ', Events(answers).Select(e => e.Data.ToStringUtf8().Trim('"')));

    public static ReadReq Stream(string stream, ulong revision, bool forwards = true) => Of(new()
    {
        Stream = new() { StreamIdentifier = Name(stream), Revision = revision },
        ReadDirection = forwards ? ReadDirection.Forwards : ReadDirection.Backwards,
        Count = long.MaxValue,
        NoFilter = new(),
    });

    public static ReadReq All(LogPosition? position, string prefix, bool forwards = true) => Of(new()
    {
        All = position is null ? new() { Start = new() } : new() { Position = position },
        ReadDirection = forwards ? ReadDirection.Forwards : ReadDirection.Backwards,
        Count = long.MaxValue,
        Filter = Prefix(prefix),
    });

    public static ReadReq Following(LogPosition? behind, string prefix) => Of(new()
    {
        All = behind is null ? new() { Start = new() } : new() { Position = behind },
        Subscription = new(),
        Filter = Prefix(prefix),
    });

    private async Task<AppendResp> Append(
        string stream, AppendReq.Types.Options options, IReadOnlyList<ProposedMessage> events)
    {
        using var call = streams.Append(headers, cancellationToken: Ct);
        options.StreamIdentifier = Name(stream);
        await call.RequestStream.WriteAsync(new() { Options = options }, Ct);
        foreach (var e in events) await call.RequestStream.WriteAsync(new() { ProposedMessage = e }, Ct);
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    private static ReadReq Of(Options options)
    {
        options.UuidOption = new() { Structured = new() };
        return new() { Options = options };
    }

    private static FilterOptions Prefix(string prefix) => new()
    {
        StreamIdentifier = new() { Prefix = { prefix } },
        Max = 32,
        CheckpointIntervalMultiplier = 1,
    };

    private static StreamIdentifier Name(string stream) => new() { StreamName = ByteString.CopyFromUtf8(stream) };

    private static ProposedMessage Event(string name) => new()
    {
        Id = Spelling.Structured(Guid.CreateVersion7()),
        Metadata = { { "type", "Named" }, { "content-type", "application/json" } },
        Data = ByteString.CopyFromUtf8($"\"{name}\""),
        CustomMetadata = ByteString.CopyFromUtf8("{}"),
    };
}
