using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dlcs.Kernel.Storage.S3;

/// <summary>Storage in a bucket of Amazon S3, or of any store that speaks as it does.</summary>
public sealed class S3Storage : IStorage, IDisposable
{
    private readonly S3Settings settings;
    private readonly TimeProvider time;
    private readonly AmazonS3Client client;
    private readonly S3Ranges ranges;
    private readonly S3Upload upload;

    /// <summary>Connects to nothing yet.</summary>
    public S3Storage(S3Settings settings, TimeProvider time)
    {
        (this.settings, this.time) = (settings, time);
        client = S3Client.Make(settings);
        ranges = new(new(client, settings, time), new(client, settings), time);
        upload = new(client, settings);
    }

    /// <summary>Whether there is such a bucket.</summary>
    /// <exception cref="StorageUnavailableException">The store is away, or refuses to say.</exception>
    public async Task<bool> BucketExists(CancellationToken ct)
    {
        try
        {
            await Ask(
                $"Looking for the bucket {settings.Bucket} failed",
                token => client.HeadBucketAsync(new() { BucketName = settings.Bucket }, token), ct);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return await KnowsBucket(ct); // so says whatever else may answer there
        }
    }

    private async Task<bool> KnowsBucket(CancellationToken ct)
    {
        var one = new ListObjectsV2Request { BucketName = settings.Bucket, MaxKeys = 1 };
        try
        {
            await Page($"Looking for the bucket {settings.Bucket} failed", one, ct);
            return true;
        }
        catch (StorageUnavailableException e) when (
            e.InnerException is AmazonS3Exception { ErrorCode: S3Faults.NoSuchBucket })
        {
            return false;
        }
    }

    /// <summary>Gives up uploads that a crash left unfinished a day ago or longer.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="StorageUnavailableException">The store does not answer, or refuses.</exception>
    public Task<int> AbortLeftovers(CancellationToken ct) => S3Leftovers.Abort(client, settings, time, ct);

    public async Task Put(StorageKey key, string file, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var length = new FileInfo(file).Length;
        var here = await Head(key, ct);
        if (here?.Length == length && await upload.Touch(key, length, ct)) return;
        await upload.Put(key, file, length, known: here is not null, ct);
    }

    public async ValueTask<StoredObject?> Find(StorageKey key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (await Head(key, ct) is { } found) return found;
        if (await BucketExists(ct)) return null;

        var sentence = S3Faults.Sentence(settings, HttpStatusCode.NotFound, S3Faults.NoSuchBucket);
        throw S3Faults.Unavailable($"Looking for {key} failed", sentence);
    }

    public ValueTask Read(StorageKey key, long offset, Memory<byte> into, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return into.IsEmpty ? ValueTask.CompletedTask : ranges.Read(key, offset, into, ct);
    }

    public async Task<Stream> Open(StorageKey key, CancellationToken ct)
    {
        var found = await Find(key, ct) ?? throw new StorageMissException(key);
        return new RangedStream((offset, into, token) => Read(key, offset, into, token), found.Length);
    }

    public async Task Delete(StorageKey key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            await Ask($"Deleting {key} failed",
                token => client.DeleteObjectAsync(settings.Bucket, settings.NameOf(key), token), ct);
        }
        catch (AmazonS3Exception e) when (S3Faults.IsMiss(e.StatusCode, e.ErrorCode))
        {
            // Some stores say so.
        }
        catch (AmazonS3Exception e)
        {
            throw S3Faults.Unavailable(settings, $"Deleting {key} failed", e);
        }
    }

    public async IAsyncEnumerable<StoredObject> List([EnumeratorCancellation] CancellationToken ct)
    {
        var page = new ListObjectsV2Request
        {
            BucketName = settings.Bucket,
            Prefix = settings.Prefix.Length is 0 ? null : $"{settings.Prefix}/",
        };
        for (var more = true; more;)
        {
            var listed = await Page("Listing objects failed", page, ct);
            foreach (var found in listed.S3Objects ?? [])
            {
                var name = found.Key[(page.Prefix?.Length ?? 0)..];
                if (!StorageKey.IsKey(name)) continue; // not ours
                yield return new(new(name), found.Size ?? 0, Time("Listing objects failed", found.LastModified));
            }

            more = listed.IsTruncated is true;
            page.ContinuationToken = listed.NextContinuationToken;
        }
    }

    /// <summary>Names the place; no credentials.</summary>
    public override string ToString() => settings.ToString();

    public void Dispose()
    {
        ranges.Dispose();
        client.Dispose();
    }

    private async Task<StoredObject?> Head(StorageKey key, CancellationToken ct)
    {
        try
        {
            var head = await Ask($"Looking for {key} failed",
                token => client.GetObjectMetadataAsync(settings.Bucket, settings.NameOf(key), token), ct);
            return new(key, head.ContentLength, Time($"Looking for {key} failed", head.LastModified));
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>A list says of which bucket it is: any other page would be taken for an empty one.</summary>
    private async Task<ListObjectsV2Response> Page(string what, ListObjectsV2Request request, CancellationToken ct)
    {
        var page = await Try(what, token => client.ListObjectsV2Async(request, token), ct);
        return page.Name is { Length: > 0 } ? page : throw S3Faults.Unavailable(what, S3Faults.Nonsense);
    }

    /// <summary>Every S3 says it of every object; a proxy's page of success does not.</summary>
    private static DateTimeOffset Time(string what, DateTime? modified) =>
        modified?.ToUniversalTime() ?? throw S3Faults.Unavailable(what, S3Faults.Nonsense);

    private Task<T> Try<T>(string what, Func<CancellationToken, Task<T>> act, CancellationToken ct) =>
        S3Faults.Try(settings, what, settings.Timeout, act, ct);

    /// <summary>The same where no is an answer too.</summary>
    private Task<T> Ask<T>(string what, Func<CancellationToken, Task<T>> act, CancellationToken ct) =>
        S3Faults.Ask(settings, what, settings.Timeout, act, ct);
}
