using Google.Protobuf;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>An append as EventStoreDB gets it.</summary>
/// <param name="Key">The stream's name there, with the prefix.</param>
/// <param name="Expected">The revision that the stream is at; -1: it is to begin.</param>
internal sealed record SealedAppend(ByteString Key, long Expected, IReadOnlyList<SealedEvent> Events)
{
    /// <summary>Of the stream once it is appended.</summary>
    public long Revision => Expected + Events.Count;

    /// <exception cref="AppendTooLargeException">Over <see cref="Limits"/>.</exception>
    public static SealedAppend Of(Append append, Names names) => append.Events is not []
        ? new(names.Key(append.Stream), append.Revision, append.Seal())
        : throw new ArgumentException($"nothing to append to {append.Stream}", nameof(append));
}
