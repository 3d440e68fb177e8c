using System.Security.Cryptography;
using System.Text.Json;

namespace Dlcs.Kernel.Events;

/// <summary>An event as a store writes it.</summary>
/// <param name="Id">UUIDv5 of command, stream and index: the same command writes the same ids.</param>
/// <param name="Data">UTF-8 JSON.</param>
/// <param name="Metadata">UTF-8 JSON of <see cref="SealedMetadata"/>.</param>
public sealed record SealedEvent(Guid Id, string Type, IEvent Event, byte[] Data, byte[] Metadata);

/// <summary>The metadata as stored.</summary>
/// <param name="Schema">Of the data.</param>
/// <param name="Salt">16 random bytes, base64: without them the digest tells nothing of the content.</param>
/// <param name="Digest">SHA-256 of salt, <see cref="CanonicalJson"/> of data, client headers; lower-case hex.</param>
public sealed record SealedMetadata(
    int Schema, Guid Command, string? By, DateTimeOffset At, string Correlation, Guid? Causation,
    IReadOnlyDictionary<string, string>? Headers, string? Salt, string Digest, bool Redacted = false);

/// <summary>
/// What of <see cref="SealedMetadata"/> is read again: not what proves the content. Set, not constructed: JSON hands a
/// constructor its arguments as objects, and one is read with every event.
/// </summary>
public sealed class OpenedMetadata
{
    public int Schema { get; set; }

    public Guid Command { get; set; }

    public string? By { get; set; }

    public DateTimeOffset At { get; set; }

    public string Correlation { get; set; } = "";

    public Guid? Causation { get; set; }

    public IReadOnlyDictionary<string, string>? Headers { get; set; }

    public bool Redacted { get; set; }
}

/// <summary>What happens to every event on its way into a log and out of it, whichever store keeps the log.</summary>
public static class Sealing
{
    public const int SaltLength = 16;

    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <exception cref="AppendTooLargeException">Over <see cref="Limits"/>.</exception>
    public static IReadOnlyList<SealedEvent> Seal(this Append append)
    {
        var events = append.Events.Select((e, i) => Seal(e, append, i)).ToList();

        if (events.FirstOrDefault(e => e.Data.Length + e.Metadata.Length > Limits.Event) is { } large)
            throw new AppendTooLargeException($"{large.Type} for {append.Stream} is over {Limits.Event} bytes");
        if (events.Sum(e => e.Data.Length + e.Metadata.Length) > Limits.Append)
            throw new AppendTooLargeException($"an append to {append.Stream} is over {Limits.Append} bytes");

        return events;
    }

    /// <summary>
    /// The event again. Of a type or schema not known here, or of a content that this program cannot read: an
    /// <see cref="UnknownEvent"/>.
    /// </summary>
    public static Recorded Open(
        Guid id, string type, ReadOnlySpan<byte> data, ReadOnlySpan<byte> metadata, StreamName stream, long revision)
    {
        var m = JsonSerializer.Deserialize(metadata, EventJson.Default.OpenedMetadata)
            ?? throw new JsonException($"{type} (revision {revision} of {stream}) has no metadata");

        return new(
            Open(type, data, m), id, stream, revision,
            new(m.Command, m.By, m.At, m.Correlation, m.Causation, m.Headers));
    }

    private static IEvent Open(string type, ReadOnlySpan<byte> data, OpenedMetadata metadata)
    {
        if (metadata.Redacted) return new RedactedEvent(type);
        if (EventTypes.Find(type, metadata.Schema) is not { } known) return new UnknownEvent(type, metadata.Schema);
        try
        {
            return (IEvent?)JsonSerializer.Deserialize(data, known, EventReading.Options)
                ?? new UnknownEvent(type, metadata.Schema);
        }
        catch (JsonException)
        {
            return new UnknownEvent(type, metadata.Schema); // whoever folds it stops there, and nobody else
        }
    }

    /// <summary>Whether data and client headers are still what was written.</summary>
    public static bool Verify(ReadOnlySpan<byte> data, SealedMetadata metadata) =>
        metadata.Salt is { } salt && Digest(Convert.FromBase64String(salt), data, metadata.Headers) == metadata.Digest;

    private static SealedEvent Seal(IEvent e, Append append, int index)
    {
        var (name, schema) = EventTypes.Of(e);
        var data = JsonSerializer.SerializeToUtf8Bytes(e, e.GetType(), EventJson.Default);
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var m = append.Metadata;
        var metadata = new SealedMetadata(
            schema, m.Command, m.By, Metadata.Whole(m.At), m.Correlation, m.Causation, m.Headers,
            Convert.ToBase64String(salt), Digest(salt, data, m.Headers));

        return new(
            append.EventId(index), name, e, data,
            JsonSerializer.SerializeToUtf8Bytes(metadata, EventJson.Default.SealedMetadata));
    }

    private static string Digest(byte[] salt, ReadOnlySpan<byte> data, IReadOnlyDictionary<string, string>? headers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(CanonicalJson.Of(data));
        foreach (var (name, value) in (headers ?? NoHeaders).OrderBy(h => h.Key, StringComparer.Ordinal))
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes<string[]>([name, value]));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
