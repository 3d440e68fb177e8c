using System.Security.Cryptography;
using System.Text;

namespace Dlcs.Host.Commands.Adding;

/// <summary>A file that becomes an image.</summary>
/// <param name="Id">The image's name within its space: the same for the same file, however often it is added.</param>
/// <param name="Number">Its place in the order of the folder, from 1.</param>
internal sealed record Picture(string File, string Id, int Number)
{
    private static readonly HashSet<string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".png", ".tif", ".tiff", ".webp", ".gif", ".jp2", ".jpx", ".j2k", ".jpf", ".pdf",
    };

    /// <summary>Bytes.</summary>
    public long Length => new FileInfo(File).Length;

    /// <summary>SHA-256 of its bytes, lower-case hex.</summary>
    public async Task<string> Digest(CancellationToken ct)
    {
        await using var stream = System.IO.File.OpenRead(File);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
    }

    /// <summary>The pictures of a folder, not of the folders in it; hidden files are none.</summary>
    /// <param name="prefix">Begins each id, so that books with equal file names can share a space.</param>
    public static IReadOnlyList<Picture> In(string folder, string prefix) => Name(
        [
            .. Directory.EnumerateFiles(folder).Where(IsPicture)
                .OrderBy(f => Path.GetFileName(f), NaturalOrder.Comparer),
        ],
        prefix);

    public static bool IsPicture(string file) =>
        Endings.Contains(Path.GetExtension(file)) && !Path.GetFileName(file).StartsWith('.');

    /// <summary>Names that come out alike once made fit for a URL are told apart by a hash of the original.</summary>
    public static IReadOnlyList<Picture> Name(IReadOnlyList<string> files, string prefix)
    {
        var ids = files.Select(f => IdOf(Path.GetFileName(f), prefix)).ToList();
        var twice = ids.CountBy(id => id).Where(c => c.Value > 1).Select(c => c.Key).ToHashSet();
        return [.. files.Zip(ids, (file, id) => (file, id)).Select((f, i) => new Picture(
            f.file, twice.Contains(f.id) ? $"{f.id}-{Hash(Path.GetFileName(f.file))}" : f.id, i + 1))];
    }

    private static string IdOf(string name, string prefix)
    {
        var (book, page) = (Fit(prefix), Fit(name));
        return book is "" || page.StartsWith(book, StringComparison.OrdinalIgnoreCase) ? page : $"{book}-{page}";
    }

    /// <summary>Letters and digits of any script, and <c>. _ -</c>; all else becomes <c>_</c>.</summary>
    private static string Fit(string text) => string.Concat(text.Normalize(NormalizationForm.FormC)
        .Select(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '_'));

    private static string Hash(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..6];
}
