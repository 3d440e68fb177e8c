using Amazon.S3;
using Amazon.S3.Model;

namespace Dlcs.Kernel.Storage.S3;

/// <summary>Multipart uploads that a crash left unfinished: no object, but paid for.</summary>
internal static class S3Leftovers
{
    private const string Failed = "Removing unfinished uploads failed";

    /// <summary>Gives up those of ours that began too long ago.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="StorageUnavailableException">The store does not answer, or refuses.</exception>
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
            var listed = await S3Faults.Try(
                settings, Failed, settings.Timeout, token => client.ListMultipartUploadsAsync(page, token), ct);
            foreach (var upload in listed.MultipartUploads ?? [])
            {
                if (upload.Initiated is not { } began) continue; // nobody knows when
                if (time.GetUtcNow() - began.ToUniversalTime() <= settings.Abandoned) continue;
                if (await GiveUp(upload)) aborted++;
            }

            more = listed.IsTruncated is true;
            (page.KeyMarker, page.UploadIdMarker) = (listed.NextKeyMarker, listed.NextUploadIdMarker);
        }

        return aborted;

        async Task<bool> GiveUp(MultipartUpload upload)
        {
            try
            {
                await S3Faults.Ask(
                    settings, Failed, settings.Timeout, token => client.AbortMultipartUploadAsync(
                        settings.Bucket, upload.Key, upload.UploadId, token), ct);
                return true;
            }
            catch (AmazonS3Exception e) when (e.ErrorCode is "NoSuchUpload")
            {
                return false; // someone else was faster
            }
            catch (AmazonS3Exception e)
            {
                throw S3Faults.Unavailable(settings, Failed, e);
            }
        }
    }
}
