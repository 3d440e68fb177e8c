using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dlcs.Kernel.Storage.S3;

/// <summary>Reads ranges as the SDK does, each request signed by itself: for stores that take no links.</summary>
internal sealed class SignedReads(IAmazonS3 client, S3Settings settings)
{
    public S3Settings Settings => settings;

    /// <exception cref="StorageMissException">There is no such object, or it ends before.</exception>
    /// <exception cref="StorageUnavailableException">It failed.</exception>
    public async Task Read(StorageKey key, long offset, Memory<byte> into, CancellationToken ct)
    {
        var request = new GetObjectRequest
        {
            BucketName = settings.Bucket,
            Key = settings.NameOf(key),
            ByteRange = new(offset, offset + into.Length - 1),
        };
        try
        {
            await S3Faults.Ask(
                settings, $"Reading {key} failed", settings.Timeout,
                async token =>
                {
                    using var response = await client.GetObjectAsync(request, token);
                    if (response.ContentLength < into.Length) throw new StorageMissException(key);
                    await response.ResponseStream.ReadExactlyAsync(into, token);
                    return response.HttpStatusCode;
                },
                ct);
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable
            || S3Faults.IsMiss(e.StatusCode, e.ErrorCode))
        {
            throw new StorageMissException(key);
        }
        catch (AmazonS3Exception e)
        {
            throw S3Faults.Unavailable(settings, $"Reading {key} failed", e);
        }
    }
}
