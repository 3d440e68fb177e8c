namespace Dlcs.Write.Images;

/// <summary>Where an image may be fetched from.</summary>
public static class Origins
{
    private const int Length = 4_000;

    /// <returns>What is wrong with it, going on where the field's name ends; <c>null</c> for nothing.</returns>
    public static string? Fault(string origin)
    {
        if (origin.Any(char.IsControl)) return "must not hold control characters";
        if (origin.Length > Length) return $"must be at most {Length} characters";
        // A path alone counts as absolute on Unix, hence the scheme is asked for as well.
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is "file")
            return "must be an absolute URL, such as https://example.org/folio-1r.tif";
        if (uri.Scheme is "ftp" or "ftps" or "sftp" or "s3") return $"is not supported yet: {uri.Scheme}";
        if (uri.Scheme is not ("http" or "https") || uri.Host is "") return "must begin with http:// or https://";
        return uri.UserInfo is ""
            ? null
            : "must not hold a user or a password: give them to an origin strategy, which keeps them secret";
    }
}
