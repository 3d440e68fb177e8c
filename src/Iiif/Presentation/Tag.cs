using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dlcs.Read.NamedQueries;

namespace Dlcs.Iiif.Presentation;

/// <summary>
/// Strong ETags, known before the first byte: what goes into a document is hashed, not the document. Ids and revisions
/// of streams outlive views that are built again, and logs that are copied.
/// </summary>
internal static class Tag
{
    /// <summary>Is raised when the same images are written in other bytes.</summary>
    private const string Renderer = "2";

    public static string Of(Manifest manifest, Representation form) => Of(
        ["manifest", form.Negotiated.Version.ToString(), form.Negotiated.ContentType, form.Coding ?? "", manifest.Id,
            manifest.Addresses.Public, manifest.Addresses.Api, manifest.Settings.Limits.ToString(),
            manifest.Settings.DefaultVersion.ToString(), .. Names(manifest.Query)],
        manifest.Images.Select(i => (i.View.Id.ToString(), i.View.Revision)));

    /// <summary>Of a list of ids; they change with nothing but the selection.</summary>
    public static string Of(IEnumerable<string> ids) => Of(["raw"], ids.Select(id => (id, 0L)));

    private static IEnumerable<string> Names(NamedQueryView? query) => query is null
        ? [] : [FormattableString.Invariant($"{query.Customer}/{query.Id}/{query.Revision}")];

    private static string Of(IEnumerable<string> texts, IEnumerable<(string Id, long Revision)> images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Renderer);
        foreach (var text in texts) Append(hash, text);
        foreach (var (id, revision) in images)
        {
            Append(hash, id);
            Append(hash, revision);
        }
        return $"\"{Base64Url.EncodeToString(hash.GetHashAndReset())}\"";
    }

    /// <summary>The length first, so that no two lists of texts read alike.</summary>
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
