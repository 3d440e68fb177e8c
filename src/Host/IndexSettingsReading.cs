using Dlcs.Read.Images.Elastic;
using static Dlcs.Host.HostSettingsReading;

namespace Dlcs.Host;

/// <summary>Reads where the image index is kept: <c>Index</c>, and <c>Elastic:…</c> of an engine.</summary>
internal static class IndexSettingsReading
{
    /// <param name="prefix">Of this installation: it begins the names of its indices.</param>
    /// <exception cref="SettingException">The first setting that is wrong.</exception>
    public static ElasticSettings? Read(IConfiguration from, string prefix)
    {
        if (Text(from, "Index") is not { } text || text.Equals("postgres", StringComparison.OrdinalIgnoreCase))
            return null;
        if (!Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url)
            || url is not { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" })
        {
            throw new SettingException("The setting Index must be 'postgres', or the http or https URL of "
                + "Elasticsearch or OpenSearch, such as https://search.example.org:9200. Who asks is told by "
                + "Elastic:ApiKey, or by Elastic:Username and Elastic:Password.");
        }

        var (user, password) = (Text(from, "Elastic:Username"), Text(from, "Elastic:Password"));
        if ((user is null) != (password is null))
            throw new SettingException("Elastic:Username and Elastic:Password go together: set both or neither.");
        var defaults = new ElasticSettings(url, prefix);
        return defaults with
        {
            ApiKey = Text(from, "Elastic:ApiKey") is not { } key ? null
                : !key.Any(char.IsControl) ? key
                : throw new SettingException("Elastic:ApiKey must be the key as the engine gave it, base64."),
            Username = user,
            Password = password,
            CaFile = Text(from, "Elastic:CaFile") is not { } file ? null
                : File.Exists(file) ? Path.GetFullPath(file)
                : throw Wrong("Elastic:CaFile", file, "a file of certificates (PEM) that exists"),
            Verify = Flag(from, "Elastic:Verify", defaults.Verify),
            Shards = (int)Number(from, "Elastic:Shards", defaults.Shards, 1, 64),
            Replicas = (int)Number(from, "Elastic:Replicas", defaults.Replicas, 0, 8),
        };
    }
}
