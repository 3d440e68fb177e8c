using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage.S3;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Storage;

/// <summary>A store that takes checksums of the newer kind: what its parts had, the whole must have.</summary>
public sealed class UploadingWithChecksums
{
    private const int Length = 6_000_000;
    private const string Checksum = "x-amz-checksum-crc32";

    private static readonly S3Settings Store = new("pixels")
    {
        Endpoint = new("http://127.0.0.1:9"),
        PathStyle = true,
        Credentials = new("key", "secret"),
    };

    private string? whole;
    private int looked; // at first it is not there

    [Fact]
    public async Task says_of_the_whole_what_was_said_of_its_parts()
    {
        await using var bench = await S3Bench.Open(Store);
        bench.With(s => s with { RequestChecksums = true, Retries = 0 });
        bench.Front.Answer = Answer;

        await bench.Put(Length);

        whole.ShouldNotBeNull().ShouldContain("<ChecksumCRC32>part1==</ChecksumCRC32>");
        whole.ShouldContain("<ChecksumCRC32>part2==</ChecksumCRC32>");
    }

    [Fact]
    public async Task says_nothing_of_it_when_not_told_to()
    {
        await using var bench = await S3Bench.Open(Store);
        bench.With(s => s with { Retries = 0 });
        bench.Front.Answer = Answer;

        await bench.Put(Length);

        bench.Front.Requests.ShouldAllBe(r => r.Headers.Keys.All(
            name => !name.Contains("checksum", StringComparison.OrdinalIgnoreCase)));
    }

    private async Task<bool> Answer(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        using var body = new StreamReader(request.Body);
        var sent = await body.ReadToEndAsync(http.RequestAborted);
        if (request.Query.ContainsKey("uploads"))
        {
            if (request.Headers["x-amz-checksum-algorithm"] == "CRC32") whole = "";
            return await S3Front.Say(http, 200,
                "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>");
        }
        if (request.Query["partNumber"] is [{ } part])
        {
            response.Headers.ETag = $"\"{part}\"";
            if (request.Headers["x-amz-trailer"] == Checksum) response.Headers[Checksum] = $"part{part}==";
            return true;
        }
        if (request.Query.ContainsKey("uploadId"))
        {
            if (whole is not null) whole = sent;
            return await S3Front.Say(http, 200,
                "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>");
        }
        if (looked++ is 0) return await S3Front.Say(http, 404, "");
        (response.ContentLength, response.Headers.LastModified) = (Length, "Fri, 02 Jan 2026 03:04:05 GMT");
        return true;
    }
}
