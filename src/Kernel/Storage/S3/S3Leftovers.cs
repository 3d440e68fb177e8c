using Amazon.S3;
using Amazon.S3.Model;

namespace Dlcs.Kernel.Storage.S3;

/// <summary>Multipart uploads that a crash left unfinished: no object, but paid for.</summary>
internal static class S3Leftovers
{
    /// <summary>Gives up those of ours that began too long ago.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="StorageUnavailableException"></exception>
    public static async Task<int> Abort(IAmazonS3 client, S3Settings settings, TimeProvider time, CancellationToken ct)
    {
        var aborted = 0;
        var page = new ListMultipartUploadsRequest
        {
            BucketName = settings.Bucket,
            Prefix = settings.Prefix.Length is 0 ? null : $"{settings.Prefix}/",
        };
        for (var more = true; more;)
        {
            var listed = await Try(token => client.ListMultipartUploadsAsync(page, token));
            foreach (var upload in listed.MultipartUploads ?? [])
            {
                if (time.GetUtcNow() - upload.Initiated?.ToUniversalTime() <= settings.Abandoned) continue;
                var (name, id) = (upload.Key, upload.UploadId);
                await Try(token => client.AbortMultipartUploadAsync(settings.Bucket, name, id, token));
                aborted++;
            }

            more = listed.IsTruncated is true;
            (page.KeyMarker, page.UploadIdMarker) = (listed.NextKeyMarker, listed.NextUploadIdMarker);
        }

        return aborted;

        Task<T> Try<T>(Func<CancellationToken, Task<T>> act) => S3Faults.Try(
            settings, "Removing unfinished uploads failed", settings.UploadTimeout, act, ct);
    }
}
