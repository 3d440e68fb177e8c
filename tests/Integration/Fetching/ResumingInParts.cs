using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Fetching;

public sealed class ResumingInParts
{
    private const string Tag = "\"1\"";
    private static readonly byte[] Picture = [.. Enumerable.Range(0, 900_000).Select(n => (byte)(n * 7919 >> 8))];

    [Fact]
    public async Task goes_on_where_less_comes_than_was_asked_for()
    {
        var requests = 0;
        await using var origin = await Origin.Answering(async http =>
        {
            if (Interlocked.Increment(ref requests) is 1)
            {
                http.Response.Headers.ETag = Tag; // in chunks: how much there is, is not said
                await http.Response.Body.WriteAsync(Picture.AsMemory(0, 1000));
                await http.Response.Body.FlushAsync();
                await Task.Delay(50, http.RequestAborted);
                http.Abort();
                return;
            }
            var from = (int)RangeHeaderValue.Parse(http.Request.Headers.Range.ToString()).Ranges.Single().From!;
            var some = Picture.AsMemory(from, Math.Min(450_000, Picture.Length - from));
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.Headers.ContentRange = FormattableString.Invariant(
                $"bytes {from}-{from + some.Length - 1}/{Picture.Length}");
            http.Response.Headers.ETag = Tag;
            await http.Response.Body.WriteAsync(some);
        });

        (await origin.Fetch()).Bytes.ShouldBe(Picture.Length);
        (await File.ReadAllBytesAsync(origin.File, TestContext.Current.CancellationToken)).ShouldBe(Picture);
    }
}
