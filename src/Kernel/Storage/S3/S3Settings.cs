namespace Dlcs.Kernel.Storage.S3;

/// <summary>A place in an S3-compatible store, and how to speak to it.</summary>
/// <param name="Bucket">It must be there: nothing here makes one.</param>
public sealed record S3Settings(string Bucket)
{
    /// <summary>The least that S3 takes as a part that is not the last, bytes.</summary>
    public const long LeastPart = 5L << 20;

    /// <summary>Begins every key, without slashes at either end; empty: the bucket is ours alone.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Where the store is; <c>null</c>: Amazon's own, by <see cref="Region"/>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Also goes into signatures, so that other stores want one too.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The bucket is in the path of URLs, not in their host: what most other stores want.</summary>
    public bool PathStyle { get; init; }

    /// <summary><c>null</c>: what the SDK finds (environment, profile, the machine's role).</summary>
    public S3Credentials? Credentials { get; init; }

    /// <summary>Whether uploads carry a checksum of S3's newer kind even where S3 does not ask for one. Other stores
    /// often take none.</summary>
    public bool RequestChecksums { get; init; }

    /// <summary>Puts say <c>If-None-Match: *</c>, so that of two at once one is stored.</summary>
    public bool ConditionalPuts { get; init; } = true;

    public S3Encryption Encryption { get; init; } = S3Encryption.AsTheBucketSays;

    /// <summary>For <see cref="S3Encryption.Kms"/>: which key; <c>null</c>: the account's own.</summary>
    public string? EncryptionKey { get; init; }

    /// <summary>A larger file goes up in parts of this many bytes, several at once.</summary>
    public long PartSize { get; init; } = 16L << 20;

    /// <summary>Connections to the store that are open at once.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>How long one try of a request may take; of an upload, ten times as long.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often what may pass is tried again.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How long a multipart upload may lie unfinished before it is taken for abandoned.</summary>
    public TimeSpan Abandoned { get; init; } = TimeSpan.FromHours(24);

    internal TimeSpan UploadTimeout => Timeout * 10;

    /// <summary>The name of an object in the bucket.</summary>
    internal string NameOf(StorageKey key) => Prefix.Length is 0 ? key.Value : $"{Prefix}/{key.Value}";

    /// <summary>For sentences; without credentials.</summary>
    public override string ToString() =>
        $"s3://{Bucket}{(Prefix.Length is 0 ? "" : "/")}{Prefix}{(Endpoint is null ? "" : $" at {Endpoint}")}";
}

/// <param name="Secret">Never shown.</param>
public sealed record S3Credentials(string AccessKey, string Secret)
{
    public override string ToString() => AccessKey;
}

/// <summary>How the store encrypts what is put: as the bucket is set up, with its own keys, or with a managed key.
/// </summary>
public enum S3Encryption { AsTheBucketSays, Aes256, Kms }
