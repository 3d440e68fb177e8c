using System.Text.RegularExpressions;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Host;

/// <summary>Reads <c>Storage: s3://bucket/prefix</c> and the section <c>S3</c>.</summary>
internal static partial class StorageSettings
{
    private const string Scheme = "s3://";
    private const string Right = "a folder on this machine, or s3://bucket/prefix";

    /// <summary>The folder, absolute; where pixels are kept in a bucket it is <paramref name="otherwise"/>.</summary>
    /// <exception cref="SettingException">It is neither.</exception>
    public static string Folder(IConfiguration from, string otherwise) =>
        HostSettingsReading.Text(from, "Storage") switch
        {
            null => otherwise,
            var text when InS3(text) => otherwise,
            var text when text.Contains("://", StringComparison.Ordinal) =>
                throw HostSettingsReading.Wrong("Storage", text, Right),
            var text => Path.GetFullPath(text),
        };

    /// <returns><c>null</c> when pixels are kept elsewhere.</returns>
    /// <exception cref="SettingException">The first setting that is wrong.</exception>
    public static S3Settings? S3(IConfiguration from)
    {
        if (HostSettingsReading.Text(from, "Storage") is not { } text || !InS3(text)) return null;

        var (bucket, prefix) = Place(text);
        var defaults = new S3Settings(bucket);
        var endpoint = HostSettingsReading.Base(from, "S3:Endpoint");
        var encryption = Encryption(from);
        return defaults with
        {
            Prefix = prefix,
            Endpoint = endpoint,
            Region = HostSettingsReading.Text(from, "S3:Region") ?? defaults.Region,
            PathStyle = HostSettingsReading.Flag(from, "S3:PathStyle", endpoint is not null),
            Credentials = Credentials(from),
            RequestChecksums = Checksums(from, "S3:RequestChecksums"),
            ConditionalPuts = HostSettingsReading.Flag(from, "S3:ConditionalPuts", defaults.ConditionalPuts),
            Encryption = encryption,
            EncryptionKey = EncryptionKey(from, encryption),
            PartSize = Number(from, "S3:PartSize", defaults.PartSize, S3Settings.LeastPart, 5L << 30),
            Connections = (int)Number(from, "S3:Connections", defaults.Connections, 1, 4096),
            Timeout = TimeSpan.FromSeconds(
                Number(from, "S3:TimeoutSeconds", (long)defaults.Timeout.TotalSeconds, 1, 600)),
            Retries = (int)Number(from, "S3:Retries", defaults.Retries, 0, 10),
        };
    }

    private static bool InS3(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    private static (string Bucket, string Prefix) Place(string text)
    {
        if (text.Contains('@', StringComparison.Ordinal))
        {
            throw new SettingException(
                $"The setting Storage must be {Right}: credentials belong into S3:AccessKey and S3:SecretKey.");
        }

        var place = text[Scheme.Length..].TrimEnd('/');
        var slash = place.IndexOf('/', StringComparison.Ordinal);
        var (bucket, prefix) = slash < 0 ? (place, "") : (place[..slash], place[(slash + 1)..]);
        return Bucket().IsMatch(bucket) && prefix.Length <= 200 && (prefix is "" || StorageKey.IsKey(prefix))
            ? (bucket, prefix)
            : throw HostSettingsReading.Wrong("Storage", text, Right);
    }

    /// <summary>What they were is not repeated.</summary>
    private static S3Credentials? Credentials(IConfiguration from) =>
        (HostSettingsReading.Text(from, "S3:AccessKey"), HostSettingsReading.Text(from, "S3:SecretKey")) switch
        {
            (null, null) => null,
            ({ } key, { } secret) => new(key, secret),
            _ => throw new SettingException("S3:AccessKey and S3:SecretKey go together: set both, or neither and let "
                + "the environment, a profile or the machine's role say who this is."),
        };

    private static S3Encryption Encryption(IConfiguration from) =>
        HostSettingsReading.Text(from, "S3:Encryption") switch
        {
            null or "none" => S3Encryption.AsTheBucketSays,
            "AES256" => S3Encryption.Aes256,
            "aws:kms" => S3Encryption.Kms,
            var text => throw HostSettingsReading.Wrong("S3:Encryption", text, "AES256, aws:kms or none"),
        };

    private static string? EncryptionKey(IConfiguration from, S3Encryption encryption) =>
        HostSettingsReading.Text(from, "S3:EncryptionKey") is not { } key ? null
        : encryption is S3Encryption.Kms ? key
        : throw HostSettingsReading.Wrong("S3:EncryptionKey", key, "left out where S3:Encryption is not aws:kms");

    private static bool Checksums(IConfiguration from, string name) => HostSettingsReading.Text(from, name) switch
    {
        null or "when-required" => false,
        "when-supported" => true,
        var text => throw HostSettingsReading.Wrong(name, text, "when-required or when-supported"),
    };

    private static long Number(IConfiguration from, string name, long otherwise, long least, long most) =>
        HostSettingsReading.Number(from, name, otherwise, least, most);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$")]
    private static partial Regex Bucket();
}
