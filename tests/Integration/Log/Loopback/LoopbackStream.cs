namespace Dlcs.Integration.Log.Loopback;

/// <summary>One stream.</summary>
internal sealed class LoopbackStream(params List<StoredEvent> events)
{
    public List<StoredEvent> Events => events;

    /// <summary>The first revision that is still shown.</summary>
    public int Kept { get; set; }

    public bool Tombstoned { get; set; }

    public ulong? Revision => Events.Count > 0 ? (ulong)Events.Count - 1 : null;

    public IEnumerable<StoredEvent> Shown => Events.Skip(Kept);

    private bool IsThere => Events.Count > Kept;

    public LoopbackStream Copy() => new([.. Events]) { Kept = Kept, Tombstoned = Tombstoned };

    public bool IsAt(Expected expected) => expected switch
    {
        Expected.Any => true,
        Expected.NoStream => !IsThere,
        Expected.Exists => IsThere,
        Expected.At at => Revision == at.Revision,
        _ => throw new ArgumentOutOfRangeException(nameof(expected)),
    };

    /// <summary>
    /// The last event of the same append, if it was made before. Only with no_stream and any: whether a server knows an
    /// append again by an older revision was never tried.
    /// </summary>
    public StoredEvent? Same(Expected expected, IReadOnlyList<Guid> ids)
    {
        if (ids is [] || expected is not (Expected.Any or Expected.NoStream)) return null;
        var first = expected is Expected.NoStream ? 0 : Events.FindIndex(e => e.Id == ids[0]);
        return first >= 0 && Events.Skip(first).Take(ids.Count).Select(e => e.Id).SequenceEqual(ids)
            ? Events[first + ids.Count - 1] : null;
    }
}
