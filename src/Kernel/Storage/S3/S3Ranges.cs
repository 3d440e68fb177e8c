using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Dlcs.Kernel.Storage.S3;

/// <summary>
/// Reads ranges by signed links over pooled connections: the way of every tile. The SDK would sign each request anew
/// and take eight times the work for it; where links are refused and the SDK is not, it is the way all the same.
/// </summary>
internal sealed class S3Ranges(SignedLinks links, SignedReads signed, TimeProvider time) : IDisposable
{
    private const int LongestFault = 4096;
    private const long Never = long.MinValue;

    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private readonly S3Settings settings = signed.Settings;
    private readonly HttpMessageInvoker http = new(S3Client.Handler(signed.Settings));
    private long refusedAt = Never;

    /// <summary>So long ago at most that links were refused where signed requests were not.</summary>
    private bool AreLinksRefused => Volatile.Read(ref refusedAt) is not Never and var at
        && time.GetElapsedTime(at) < Again;

    /// <exception cref="StorageMissException">There is no such object, or it ends before.</exception>
    /// <exception cref="StorageUnavailableException">No try was answered.</exception>
    public async ValueTask Read(StorageKey key, long offset, Memory<byte> into, CancellationToken ct)
    {
        var renewed = false;
        if (AreLinksRefused)
        {
            await signed.Read(key, offset, into, ct);
            return;
        }

        for (var tries = 0; ; tries++)
        {
            string sentence;
            Exception? cause = null;
            var url = await links.Of(key, ct);
            try
            {
                switch (await Ask(url, offset, into, ct))
                {
                    case null:
                        return;
                    case { } fault when S3Faults.IsMiss(fault.Status, fault.Code):
                    case { Status: HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.PartialContent }:
                        throw new StorageMissException(key);
                    case { Status: HttpStatusCode.Forbidden } when !renewed:
                        links.Forget(key, url);
                        (renewed, tries) = (true, tries - 1);
                        continue;
                    case { Status: HttpStatusCode.Forbidden }:
                        await signed.Read(key, offset, into, ct);
                        Volatile.Write(ref refusedAt, time.GetTimestamp()); // a bucket's policy may say so, for now
                        return;
                    case var (status, code):
                        sentence = S3Faults.Sentence(settings, status, code);
                        if (!MayPass(status, code)) tries = settings.Retries;
                        break;
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested
                && e is HttpRequestException or IOException or OperationCanceledException)
            {
                (sentence, cause) = (S3Faults.Silence(settings, e), e);
            }

            if (tries >= settings.Retries)
                throw S3Faults.Unavailable($"Reading {key} failed", sentence, cause);
            await Task.Delay(Backoff.Pause(tries, least: 20, most: 3200), time, ct);
        }
    }

    public void Dispose() => http.Dispose();

    private static bool MayPass(HttpStatusCode status, string? code) =>
        status is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests
            or HttpStatusCode.RequestTimeout
        || (status is HttpStatusCode.NotFound && code is not S3Faults.NoSuchBucket); // of what stands before the store

    /// <returns><c>null</c>: the range is read. Otherwise what the store said; 206 when it gave less.</returns>
    private async Task<Fault?> Ask(Uri url, long offset, Memory<byte> into, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        either.CancelAfter(settings.Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Range", string.Create(
            CultureInfo.InvariantCulture, $"bytes={offset}-{offset + into.Length - 1}"));
        using var response = await http.SendAsync(request, either.Token);
        var body = await response.Content.ReadAsStreamAsync(either.Token);
        var headers = response.Content.Headers;
        switch (response.StatusCode)
        {
            case HttpStatusCode.PartialContent when headers.ContentRange is not { From: { } from } || from != offset:
                return new(HttpStatusCode.OK, null); // another range than was asked for
            case HttpStatusCode.PartialContent when headers.ContentRange.To < offset + into.Length - 1:
                return new(HttpStatusCode.PartialContent, null);
            case HttpStatusCode.PartialContent:
            case HttpStatusCode.OK when offset is 0 && headers.ContentLength == into.Length:
                await body.ReadExactlyAsync(into, either.Token);
                return null;
            default:
                return new(response.StatusCode, await Code(body, either.Token));
        }
    }

    /// <summary>From the error's XML; <c>null</c> when there is none.</summary>
    private static async Task<string?> Code(Stream body, CancellationToken ct)
    {
        var bytes = new byte[LongestFault];
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        var text = Encoding.UTF8.GetString(bytes, 0, read).AsSpan();
        var (begins, ends) = (text.IndexOf("<Code>"), text.IndexOf("</Code>"));
        if (begins < 0 || ends < begins) return null;

        var code = text[(begins + "<Code>".Length)..ends];
        return code.Length is > 0 and < 64 && !code.ContainsAnyExcept(Letters) ? code.ToString() : null;
    }

    private sealed record Fault(HttpStatusCode Status, string? Code);
}
