using Google.Protobuf;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>An append as EventStoreDB gets it.</summary>
/// <param name="Key">The stream's name there, with the prefix.</param>
internal sealed record SealedAppend(ByteString Key, ExpectedRevision Expected, IReadOnlyList<SealedEvent> Events)
{
    /// <summary>Of the stream once it is appended; <c>null</c>: only the server can tell.</summary>
    public long? Revision => Expected.IsExact ? Expected.Value + Events.Count : null;

    /// <param name="expected">Instead of the revision that the append names.</param>
    /// <exception cref="AppendTooLargeException">Over <see cref="Limits"/>.</exception>
    public static SealedAppend Of(Append append, ExpectedRevision expected, Names names) => append.Events is not []
        ? new(names.Key(append.Stream), expected, append.Seal())
        : throw new ArgumentException($"nothing to append to {append.Stream}", nameof(append));
}
