using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Dlcs.Write.Bodies;

/// <summary>
/// Passes JSON on as it comes, except what stands under a name <c>file</c>, in capitals or not: that string goes to an
/// <see cref="Upload"/>, whose name takes its place. So a body with a picture of 100 MB is a small document and a file
/// on disk, and is never in memory. It knows just enough of JSON to tell names from values; what is malformed is passed
/// on for the parser to find.
/// </summary>
public sealed class FileScanner(IBufferWriter<byte> text, Uploads uploads)
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[],"u8);
    private static readonly SearchValues<byte> EndOrEscape = SearchValues.Create("\"\\"u8);

    private readonly Stack<bool> isObject = new();
    private readonly List<(long After, long Bytes)> cuts = [];
    private readonly List<byte> name = [];
    private readonly List<byte> escape = [];
    private long passed;
    private long cut;
    private bool namesNext;
    private bool readsName;
    private bool isFile;
    private bool isEscaped;
    private Upload? upload;
    private bool inText;

    public void Feed(ReadOnlySpan<byte> json)
    {
        while (!json.IsEmpty) json = upload is not null ? File(json) : inText ? Text(json) : Between(json);
    }

    /// <summary>Where a byte of what was passed on stood in what came.</summary>
    public long Original(long offset) => offset + cuts.Where(c => c.After <= offset).Sum(c => c.Bytes);

    private ReadOnlySpan<byte> Between(ReadOnlySpan<byte> json)
    {
        var at = json.IndexOfAny(Structure);
        if (at < 0) return Pass(json, json.Length);

        var token = json[at];
        if (token is (byte)'"' && isFile && uploads.Begin() is { } begun)
        {
            Pass(json, at);
            (upload, isFile, cut) = (begun, false, 0);
            return json[(at + 1)..];
        }

        (inText, readsName, isFile) = (token is (byte)'"', token is (byte)'"' && namesNext, false);
        if (readsName) name.Clear();
        if (token is (byte)'{' or (byte)'[') isObject.Push(token is (byte)'{');
        if (token is (byte)'}' or (byte)']') isObject.TryPop(out _);
        namesNext = token is (byte)'{' || (token is (byte)',' && isObject.TryPeek(out var within) && within);
        return Pass(json, at + 1);
    }

    private ReadOnlySpan<byte> Text(ReadOnlySpan<byte> json)
    {
        if (isEscaped)
        {
            isEscaped = false;
            return Named(json, 1);
        }

        var at = json.IndexOfAny(EndOrEscape);
        if (at < 0) return Named(json, json.Length);
        if (json[at] is (byte)'\\')
        {
            isEscaped = true;
            return Named(json, at + 1);
        }

        Named(json, at);
        (inText, isFile) = (false, readsName && Ascii.EqualsIgnoreCase(CollectionsMarshal.AsSpan(name), "file"u8));
        return Pass(json[at..], 1);
    }

    private ReadOnlySpan<byte> File(ReadOnlySpan<byte> json)
    {
        if (escape.Count > 0) return Escape(json);

        var at = json.IndexOfAny(EndOrEscape);
        upload!.Write(at < 0 ? json : json[..at]);
        cut += at < 0 ? json.Length : at + 1;
        if (at < 0) return [];
        if (json[at] is (byte)'\\') escape.Add((byte)'\\');
        else End();
        return json[(at + 1)..];
    }

    /// <summary>Some writers escape what base64 is made of: <c>\/</c>, <c>\u002B</c>, <c>\n</c>.</summary>
    private ReadOnlySpan<byte> Escape(ReadOnlySpan<byte> json)
    {
        escape.Add(json[0]);
        cut++;
        if (escape[1] is (byte)'u' && escape.Count < 6) return json[1..];

        var c = escape[1] switch
        {
            (byte)'/' => '/',
            (byte)'n' or (byte)'r' or (byte)'t' => '\n',
            (byte)'u' when ushort.TryParse(
                Encoding.ASCII.GetString([.. escape[2..]]), NumberStyles.AllowHexSpecifier, null, out var code)
                => (char)code,
            _ => '?',
        };
        if (char.IsAscii(c)) upload!.Write([(byte)c]);
        else upload!.Spoil("is not base64");
        escape.Clear();
        return json[1..];
    }

    private void End()
    {
        upload!.End();
        var place = Encoding.ASCII.GetBytes($"\"{upload.Name}\"");
        upload = null;
        Pass(place, place.Length);
        cuts.Add((passed, cut + 1 - place.Length)); // the first quote was not passed on either
    }

    private ReadOnlySpan<byte> Named(ReadOnlySpan<byte> json, int length)
    {
        if (readsName && name.Count <= 8) name.AddRange(json[..Math.Min(length, 8)]);
        return Pass(json, length);
    }

    private ReadOnlySpan<byte> Pass(ReadOnlySpan<byte> json, int length)
    {
        text.Write(json[..length]);
        passed += length;
        return json[length..];
    }
}
