using Marten;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>An append as PostgreSQL gets it.</summary>
/// <param name="Key">The stream's name there, with the prefix.</param>
/// <param name="Version">Of the stream once it is appended; Marten counts from 1.</param>
internal sealed record SealedAppend(string Key, long Version, IReadOnlyList<SealedEvent> Events)
{
    public int Bytes => Events.Sum(e => e.Data.Length + e.Metadata.Length);

    public long VersionBefore => Version - Events.Count;

    /// <exception cref="AppendTooLargeException">Over <see cref="Limits"/>.</exception>
    public static SealedAppend Of(Append append, LogSettings settings)
    {
        if (append.Events is []) throw new ArgumentException($"nothing to append to {append.Stream}", nameof(append));
        return new(settings.Key(append.Stream), append.Revision + 1 + append.Events.Count, append.Seal());
    }

    /// <summary>Hands it to Marten; the numbers that PostgreSQL draws come back with what this answers.</summary>
    public Func<Position> AddTo(IDocumentSession session)
    {
        var events = session.Events.Append(Key, Version, Events.Select(object (e) => e.Event)).Events;
        for (var i = 0; i < Events.Count; i++)
        {
            events[i].Id = Events[i].Id;
            events[i].Headers = new SealedHeaders(Events[i].Metadata);
        }
        return () => new(events[^1].Sequence);
    }
}
