using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dlcs.Kernel.Events;

namespace Dlcs.Read.Projecting;

/// <summary>
/// Views in memory while events are folded into them, and what has changed since it was last taken. Knows no store:
/// the documents that it lacks are given to it.
/// </summary>
internal sealed class Folding<TView>(ViewDefinition<TView> definition) where TView : class, IView<TView>
{
    private readonly Dictionary<string, Document<TView>> held = [];
    private readonly Dictionary<string, byte[]?> stored = [];
    private readonly List<Closed<TView>> closed = [];
    private Digest delta;

    public int Count => held.Count;

    /// <summary>The keys that these events change and that are not in memory.</summary>
    public IReadOnlyList<string> Missing(IReadOnlyList<LogEntry> entries)
    {
        var missing = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var key in entries.SelectMany(e => TView.Keys(e.Recorded)))
                if (!held.ContainsKey(key)) missing.Add(key);
        }
        catch (UnknownEventException)
        {
            // Folding stops at the same event, and says so.
        }
        return [.. missing];
    }

    /// <summary>A document as it is stored; <c>null</c> when there is none.</summary>
    public void Hold(string key, byte[]? json, Position from, DateTimeOffset at) => held[key] = new(
        key, json is null ? null : JsonSerializer.Deserialize(json, definition.Json), json, from, at);

    /// <summary>What is not in memory does not exist yet: so it is when a rebuild begins.</summary>
    /// <exception cref="UnknownEventException">The view neither folds nor ignores the event.</exception>
    public void Fold(LogEntry entry)
    {
        foreach (var key in TView.Keys(entry.Recorded))
        {
            if (!held.TryGetValue(key, out var before)) before = new(key, null, null, Position.Start, default);
            if (entry.Position <= before.From) continue; // fed twice

            var view = TView.Evolve(key, before.View, entry.Recorded);
            if (ReferenceEquals(view, before.View)) continue;

            stored.TryAdd(key, before.Json);
            held[key] = new(key, view, null, entry.Position, entry.Recorded.Metadata.At);
            if (!definition.KeepsHistory) continue;
            if (before.View is not null) closed.Add(new(before, entry.Position, entry.Recorded.Metadata.At));
            if (view is null) delta += Digest.Of(key, []);
        }
    }

    /// <summary>What changed since it was last taken.</summary>
    public Changes<TView> Take()
    {
        var current = new List<Document<TView>>(stored.Count);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (key, old) in stored)
        {
            var document = held[key] = Written(held[key]);
            if (!definition.KeepsHistory && old is not null) delta -= Digest.Of(key, old);
            current.Add(document);
            Grow(counts, key, (document.Json is null ? 0 : 1) - (old is null ? 0 : 1));
        }

        var changes = new Changes<TView>(current, TakeClosed(), counts, delta);
        delta = default;
        stored.Clear();
        return changes;
    }

    /// <summary>The versions that are over since they were last taken; current documents stay.</summary>
    public IReadOnlyList<Closed<TView>> TakeClosed() =>
        [.. LetClosedGo().Select(c => c with { Document = Written(c.Document) })];

    /// <summary>The same, without bytes: the digest does not count them yet, whoever makes them does.</summary>
    public IReadOnlyList<Closed<TView>> LetClosedGo()
    {
        Closed<TView>[] taken = [.. closed];
        closed.Clear();
        return taken;
    }

    /// <summary>All that is in memory, of which nothing is stored yet, without bytes; and lets the memory go.</summary>
    public Changes<TView> LetGo()
    {
        var current = stored.Keys.Select(key => held[key]).Where(d => d.View is not null).ToList();
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var document in current) Grow(counts, document.Key, 1);
        var changes = new Changes<TView>(current, LetClosedGo(), counts, delta);
        Forget();
        return changes;
    }

    /// <summary>Lets the memory go, and what changed with it.</summary>
    public void Forget()
    {
        delta = default;
        closed.Clear();
        held.Clear();
        stored.Clear();
    }

    private void Grow(Dictionary<string, long> counts, string key, int change)
    {
        if (change is 0 || definition.Groups is null) return;
        foreach (var group in definition.Groups(key)) counts[group] = counts.GetValueOrDefault(group) + change;
    }

    /// <summary>With its bytes, which count from now on: a document that no one takes is never written.</summary>
    private Document<TView> Written(Document<TView> document)
    {
        if (document.View is null || document.Json is not null) return document;
        var written = document.Write(definition.Json);
        delta += Digest.Of(document.Key, written.Json);
        return written;
    }
}

/// <summary>A document, and the event that made it so.</summary>
/// <param name="View"><c>null</c>: removed.</param>
/// <param name="Json">Its bytes; <c>null</c> until it is taken.</param>
internal readonly record struct Document<TView>(
    string Key, TView? View, byte[]? Json, Position From, DateTimeOffset At) where TView : class
{
    /// <summary>With its bytes, made now.</summary>
    public Document<TView> Write(JsonTypeInfo<TView> json) =>
        this with { Json = JsonSerializer.SerializeToUtf8Bytes(View!, json) };
}

/// <summary>A document that held until another took its place.</summary>
internal sealed record Closed<TView>(Document<TView> Document, Position To, DateTimeOffset ToAt) where TView : class;

/// <param name="Current">As they are now.</param>
/// <param name="Closed">Versions that came and went; only of a view that keeps them.</param>
/// <param name="Counts">By how many documents each group has grown.</param>
/// <param name="Digest">How the digest moves.</param>
internal sealed record Changes<TView>(
    IReadOnlyList<Document<TView>> Current, IReadOnlyList<Closed<TView>> Closed,
    IReadOnlyDictionary<string, long> Counts, Digest Digest) where TView : class;
