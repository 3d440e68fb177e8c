using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Dlcs.Processing.Fetching;

/// <summary>One file on its way, over as many connections as it takes. Digested as it comes.</summary>
internal sealed class Transfer(FileStream file, FetchSettings settings) : IDisposable
{
    private const int Chunk = 128 << 10;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(Chunk);
    private RangeConditionHeaderValue? validator;
    private string? type;
    private long? total;
    private long bytes;

    /// <summary>Whether any byte ever arrived: then it is worth resuming.</summary>
    public bool Began { get; private set; }

    /// <summary>Fetches what is still missing, or all of it when the origin cannot resume.</summary>
    public async Task<Fetched> Continue(Uri origin, CancellationToken ct)
    {
        if (validator is null) StartOver();
        var (url, response) = await Hops.Follow(origin, bytes, validator, settings, ct);
        using (response)
        {
            Accept(url, response);
            await Receive(url, response, ct);
        }
        if (bytes is 0) throw Failures.Empty(url);
        if (total is { } all && all != bytes) throw Failures.Truncated(url, bytes, all);
        return new Fetched(bytes, Convert.ToHexStringLower(hash.GetCurrentHash()), type);
    }

    public void Dispose()
    {
        hash.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Accept(Uri url, HttpResponseMessage response)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                StartOver();
                total = response.Content.Headers.ContentLength;
                type = response.Content.Headers.ContentType?.MediaType;
                validator = ValidatorOf(response);
                break;
            case HttpStatusCode.PartialContent when Continues(response):
                total ??= response.Content.Headers.ContentRange?.Length; // it may send less than what is left
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable
                when validator is not null:
                StartOver();
                throw Failures.Changed(url);
            case HttpStatusCode.NoContent:
                throw Failures.Empty(url);
            default:
                throw Failures.Status(url, (int)response.StatusCode);
        }
        if (total > settings.MaxBytes) throw Failures.TooLarge(url, settings.MaxBytes, declared: true);
    }

    private async Task Receive(Uri url, HttpResponseMessage response, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(settings.StallTimeout);
        await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
        var recent = 0; // bytes since the clock was set
        while (await Read(body, url, patience, ct) is > 0 and var read)
        {
            Began = true;
            recent += read;
            if (recent >= settings.StallBytes)
            {
                patience.CancelAfter(settings.StallTimeout);
                recent = 0;
            }
            if (bytes + read > settings.MaxBytes) throw Failures.TooLarge(url, settings.MaxBytes, declared: false);

            await file.WriteAsync(buffer.AsMemory(0, read), ct);
            hash.AppendData(buffer, 0, read);
            bytes += read;
        }
    }

    private async ValueTask<int> Read(Stream body, Uri url, CancellationTokenSource patience, CancellationToken ct)
    {
        try
        {
            return await body.ReadAsync(buffer.AsMemory(0, Chunk), patience.Token);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Failures.Truncated(url, bytes, total, e);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failures.Trickle(settings, url);
        }
    }

    private void StartOver()
    {
        file.SetLength(0);
        _ = hash.GetHashAndReset();
        (bytes, total, type, validator) = (0, null, null, null);
    }

    /// <summary>An origin may send a part of something else, or another part: then it is no continuation.</summary>
    private bool Continues(HttpResponseMessage response) =>
        validator is not null
        && response.Content.Headers.ContentRange is { Unit: "bytes", From: { } from } range
        && from == bytes
        && (range.Length is null || total is null || range.Length == total)
        && (response.Headers.ETag is not { } tag || validator.EntityTag is null || tag.Equals(validator.EntityTag));

    /// <summary>A date is strong enough when it was not of the very second (RFC 9110, 8.8.2.2).</summary>
    private static RangeConditionHeaderValue? ValidatorOf(HttpResponseMessage response) =>
        (response.Headers.ETag, response.Content.Headers.LastModified, response.Headers.Date) switch
        {
            ({ IsWeak: false } tag, _, _) => new(tag),
            (_, { } modified, { } date) when date - modified >= TimeSpan.FromSeconds(1) => new(modified),
            _ => null,
        };
}
