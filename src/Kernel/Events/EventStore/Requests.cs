using EventStoreDb.Wire;
using Google.Protobuf;
using static EventStoreDb.Wire.ReadReq.Types;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>
/// What is asked of <c>Streams.Read</c>. Every request says how ids are to be written and whether there is a filter:
/// without either a server may never answer. None asks for 0 events or searches windows of 0.
/// </summary>
internal static class Requests
{
    /// <summary>How many events of the log a server looks at before it sends what it found, or that it is on.</summary>
    private const uint Window = 1000;

    public static ReadReq Stream(ByteString key, long revision, int atMost) => Of(new()
    {
        Stream = new() { StreamIdentifier = Wire.Stream(key), Revision = (ulong)revision },
        Count = (ulong)atMost,
        NoFilter = Wire.Empty,
    });

    /// <summary>Backwards from its end.</summary>
    public static ReadReq Stream(ByteString key) => Of(new()
    {
        Stream = new() { StreamIdentifier = Wire.Stream(key), End = Wire.Empty },
        ReadDirection = ReadDirection.Backwards,
        Count = long.MaxValue,
        NoFilter = Wire.Empty,
    });

    /// <summary>From a position on, with the event there.</summary>
    /// <param name="from"><c>null</c>: from the beginning.</param>
    public static ReadReq Forwards(LogPosition? from, int atMost, string prefix) => Of(new()
    {
        All = AllFrom(from),
        Count = (ulong)atMost,
        Filter = Prefix(prefix),
    });

    /// <summary>The one event at a position, or the next.</summary>
    public static ReadReq At(LogPosition at) => Of(new()
    {
        All = new() { Position = at },
        Count = 1,
        NoFilter = Wire.Empty,
    });

    /// <summary>The one event before a position, or before the end.</summary>
    /// <param name="before"><c>null</c>: the end.</param>
    public static ReadReq Last(LogPosition? before) => Of(new()
    {
        All = before is null ? new() { End = Wire.Empty } : new() { Position = before },
        ReadDirection = ReadDirection.Backwards,
        Count = 1,
        NoFilter = Wire.Empty,
    });

    /// <summary>Backwards from a position, without what stands there, through streams whose names begin so.</summary>
    /// <param name="before"><c>null</c>: from the end.</param>
    public static ReadReq Backwards(string prefix, LogPosition? before, long atMost) => Of(new()
    {
        All = before is null ? new() { End = Wire.Empty } : new() { Position = before },
        ReadDirection = ReadDirection.Backwards,
        Count = (ulong)atMost,
        Filter = Prefix(prefix),
    });

    /// <summary>All behind a position, then what comes.</summary>
    public static ReadReq Subscription(LogPosition? behind, string prefix) => Of(new()
    {
        All = AllFrom(behind),
        Subscription = new(),
        Filter = Prefix(prefix),
    });

    private static AllOptions AllFrom(LogPosition? position) =>
        position is null ? new() { Start = Wire.Empty } : new() { Position = position };

    private static FilterOptions Prefix(string prefix) => new()
    {
        StreamIdentifier = new() { Prefix = { prefix } },
        Max = Window,
        CheckpointIntervalMultiplier = 1,
    };

    private static ReadReq Of(Options options)
    {
        options.UuidOption = new() { Structured = Wire.Empty };
        return new() { Options = options };
    }
}
