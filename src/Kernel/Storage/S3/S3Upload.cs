using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dlcs.Kernel.Storage.S3;

/// <summary>How a file becomes an object: in one piece, or in parts that are one only when all are there.</summary>
internal sealed class S3Upload(IAmazonS3 client, S3Settings settings)
{
    private const int MostParts = 10_000;
    private const int PartsAtOnce = 4;
    private const long LargestCopy = 5L << 30; // S3's limit for one copy
    private const int Collisions = 5;

    private readonly Encrypting encrypting = new(settings);

    /// <summary>The parts' and the whole's must be of one kind: without a word here the store decides alone.</summary>
    private readonly ChecksumAlgorithm? checksum = settings.RequestChecksums ? ChecksumAlgorithm.CRC32 : null;

    private bool conditional = settings.ConditionalPuts;

    /// <summary>Stores a file's bytes; one that is put by someone else at the same time is as good.</summary>
    /// <param name="known">An object is there, and is to be replaced.</param>
    /// <exception cref="StorageUnavailableException">Nothing was stored.</exception>
    public async Task Put(StorageKey key, string file, long length, bool known, CancellationToken ct)
    {
        for (var collisions = 0; ; collisions++)
        {
            var onlyNew = conditional && !known;
            try
            {
                await (length > settings.PartSize
                    ? InParts(key, file, length, onlyNew, ct) : InOnePiece(key, file, onlyNew, ct));
                return;
            }
            catch (AmazonS3Exception e) when (onlyNew && e.StatusCode is HttpStatusCode.PreconditionFailed)
            {
                if (await Holds(key, length, ct)) return; // someone else put the same object meanwhile
                known = true;
            }
            catch (AmazonS3Exception e) when (onlyNew && e.StatusCode is HttpStatusCode.NotImplemented)
            {
                conditional = false; // it need not be: what is under a key is always the same
            }
            catch (AmazonS3Exception e) when (
                e.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound && collisions < Collisions)
            {
                // Another put or delete was under way.
                await Task.Delay(Backoff.Pause(collisions, least: 10, most: 1600), ct);
            }
            catch (AmazonS3Exception e)
            {
                throw S3Faults.Unavailable(settings, $"Storing {key} failed", e);
            }
        }
    }

    /// <summary>Makes an object count as modified now, without sending it again: it is copied onto itself.</summary>
    /// <returns>Whether that was done: the object may have gone, be too large, or the store may not do it.</returns>
    public async Task<bool> Touch(StorageKey key, long length, CancellationToken ct)
    {
        if (length > LargestCopy) return false;
        var request = new CopyObjectRequest
        {
            SourceBucket = settings.Bucket,
            SourceKey = settings.NameOf(key),
            DestinationBucket = settings.Bucket,
            DestinationKey = settings.NameOf(key),
            MetadataDirective = S3MetadataDirective.REPLACE, // else S3 refuses: nothing would change
            ContentType = ContentTypes.Of(key),
            ServerSideEncryptionMethod = encrypting.Method,
            ServerSideEncryptionKeyManagementServiceKeyId = encrypting.Key,
        };
        try
        {
            return (await Ask(key, token => client.CopyObjectAsync(request, token), ct)).ETag is { Length: > 0 };
        }
        catch (AmazonS3Exception)
        {
            return false;
        }
    }

    private async Task InOnePiece(StorageKey key, string file, bool onlyNew, CancellationToken ct)
    {
        Told(key, (await Ask(key, token => client.PutObjectAsync(Request(), token), ct)).ETag);

        PutObjectRequest Request() => new() // for each try: it holds the file that is being sent
        {
            BucketName = settings.Bucket,
            Key = settings.NameOf(key),
            FilePath = file,
            ContentType = ContentTypes.Of(key),
            IfNoneMatch = onlyNew ? "*" : null,
            ServerSideEncryptionMethod = encrypting.Method,
            ServerSideEncryptionKeyManagementServiceKeyId = encrypting.Key,
        };
    }

    private async Task InParts(StorageKey key, string file, long length, bool onlyNew, CancellationToken ct)
    {
        var (bucket, name) = (settings.Bucket, settings.NameOf(key));
        var begin = new InitiateMultipartUploadRequest
        {
            BucketName = bucket,
            Key = name,
            ContentType = ContentTypes.Of(key),
            ChecksumAlgorithm = checksum,
            ServerSideEncryptionMethod = encrypting.Method,
            ServerSideEncryptionKeyManagementServiceKeyId = encrypting.Key,
        };
        var begun = await Ask(key, token => client.InitiateMultipartUploadAsync(begin, token), ct);
        var upload = Told(key, begun.UploadId);
        var whole = false;
        try
        {
            var size = long.Max(settings.PartSize, (length / MostParts) + 1);
            var parts = new PartETag[(int)((length + size - 1) / size)];
            var bounds = new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = ct };
            await Parallel.ForAsync(0, parts.Length, bounds, async (part, token) =>
            {
                var stored = await Ask(key, t => client.UploadPartAsync(Request(), t), token);
                parts[part] = new(part + 1, Told(key, stored.ETag)) { ChecksumCRC32 = stored.ChecksumCRC32 };

                UploadPartRequest Request() => new()
                {
                    BucketName = bucket,
                    Key = name,
                    UploadId = upload,
                    PartNumber = part + 1,
                    FilePath = file,
                    FilePosition = part * size,
                    PartSize = long.Min(size, length - (part * size)),
                    ChecksumAlgorithm = checksum,
                };
            });
            var complete = new CompleteMultipartUploadRequest
            {
                BucketName = bucket,
                Key = name,
                UploadId = upload,
                PartETags = [.. parts],
                IfNoneMatch = onlyNew ? "*" : null,
            };
            await Ask(key, token => client.CompleteMultipartUploadAsync(complete, token), ct);
            whole = await Holds(key, length, ct); // not every S3 says a tag here
            if (!whole) throw S3Faults.Unavailable($"Storing {key} failed", S3Faults.Nonsense);
        }
        finally
        {
            if (!whole) await Abort(key, name, upload);
        }
    }

    /// <summary>What cannot be taken away now is swept later: the failure itself matters more.</summary>
    private async Task Abort(StorageKey key, string name, string upload)
    {
        try
        {
            await S3Faults.Try(
                settings, $"Giving up the upload of {key} failed", settings.Timeout,
                token => client.AbortMultipartUploadAsync(settings.Bucket, name, upload, token),
                CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            // S3Leftovers finds it.
        }
    }

    /// <summary>Every S3 says by a tag what it stored; a proxy's page of success says nothing.</summary>
    private static string Told(StorageKey key, string? tag) => tag is { Length: > 0 } ? tag
        : throw S3Faults.Unavailable($"Storing {key} failed", S3Faults.Nonsense);

    private async Task<bool> Holds(StorageKey key, long length, CancellationToken ct)
    {
        try
        {
            return (await S3Faults.Ask(settings, $"Storing {key} failed", settings.Timeout,
                token => client.GetObjectMetadataAsync(settings.Bucket, settings.NameOf(key), token), ct))
                .ContentLength == length;
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private Task<T> Ask<T>(StorageKey key, Func<CancellationToken, Task<T>> act, CancellationToken ct) =>
        S3Faults.Ask(settings, $"Storing {key} failed", settings.UploadTimeout, act, ct);
}
