using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dlcs.Kernel.Storage.S3;

/// <summary>
/// Links that let whoever has them read one object for a while. The signature covers the object, not the range, so that
/// it is made once for all tiles of an image. They are secrets: they go to the store and nowhere else.
/// </summary>
internal sealed class SignedLinks(IAmazonS3 client, S3Settings settings, TimeProvider time)
{
    private const int Most = 4096;
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(30);

    /// <summary>Long before the end: clocks differ, and a read takes its time.</summary>
    private static readonly TimeSpan Used = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<StorageKey, Link> links = new();

    /// <exception cref="StorageUnavailableException">There are no credentials to sign with.</exception>
    public async ValueTask<Uri> Of(StorageKey key, CancellationToken ct)
    {
        if (links.TryGetValue(key, out var link) && time.GetElapsedTime(link.Made) < Used) return link.Url;

        var made = time.GetTimestamp();
        var request = new GetPreSignedUrlRequest
        {
            BucketName = settings.Bucket,
            Key = settings.NameOf(key),
            Verb = HttpVerb.GET,
            Expires = (time.GetUtcNow() + Valid).UtcDateTime,
            Protocol = settings.Endpoint is { Scheme: "http" } ? Protocol.HTTP : Protocol.HTTPS,
        };
        var url = await S3Faults.Try(
            settings, $"Signing a link to {key} failed", settings.Timeout,
            token => client.GetPreSignedURLAsync(request).WaitAsync(token), ct);
        if (links.Count >= Most) links.Clear(); // making one again costs less than knowing which is wanted least
        var uri = new Uri(url);
        links[key] = new(uri, made);
        return uri;
    }

    /// <summary>It was refused: credentials may have changed since.</summary>
    public void Forget(StorageKey key, Uri url)
    {
        if (links.TryGetValue(key, out var link) && link.Url == url) links.TryRemove(new(key, link));
    }

    private sealed record Link(Uri Url, long Made);
}
