using System.Text;
using Google.Protobuf;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>
/// The installation's stream names: they begin with its prefix and a colon, which no prefix can hold.
/// </summary>
internal sealed class Names
{
    private readonly ByteString begin;

    /// <exception cref="ArgumentException">The prefix is none.</exception>
    public Names(string prefix)
    {
        if (prefix is "" or { Length: > 40 } || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw new ArgumentException($"'{prefix}' is no prefix: a-z, A-Z, 0-9, _, -", nameof(prefix));
        Prefix = prefix + ":";
        Identity = ByteString.CopyFromUtf8(prefix + "-identity");
        begin = ByteString.CopyFromUtf8(Prefix);
    }

    public string Prefix { get; }

    /// <summary>The stream that names the log: none of ours, so that nobody who reads the log sees it.</summary>
    public ByteString Identity { get; }

    public ByteString Key(StreamName stream) => ByteString.CopyFromUtf8(Prefix + stream.Value);

    /// <summary><c>null</c>: it is not ours.</summary>
    public StreamName? Ours(ByteString key) =>
        key.Span.StartsWith(begin.Span) ? new(Encoding.UTF8.GetString(key.Span[begin.Length..])) : null;
}
