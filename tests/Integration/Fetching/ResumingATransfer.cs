using System.Globalization;
using System.Security.Cryptography;
using Dlcs.Processing.Fetching;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dlcs.Integration.Fetching;

public sealed class ResumingATransfer
{
    private static readonly byte[] Picture = RandomNumberGenerator.GetBytes(900_000);
    private static readonly byte[] Another = RandomNumberGenerator.GetBytes(800_000);
    private static readonly DateTimeOffset Saved = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly EntityTagHeaderValue Tag = new("\"1\"");

    [Fact]
    public async Task goes_on_where_it_broke()
    {
        await using var origin = await Origin.Answering(Breaking(3, Tag));

        await ShouldFetch(origin, Picture);

        origin.Requests.Count.ShouldBe(4);
        var starts = origin.Requests.Skip(1)
            .Select(r => RangeHeaderValue.Parse(r.Range.ToString()).Ranges.Single().From!.Value).ToArray();
        starts.ShouldBeInOrder(SortDirection.Ascending);
        starts[0].ShouldBeGreaterThan(0);
        origin.Requests.Skip(1).ShouldAllBe(r => r.IfRange == "\"1\"");
    }

    [Fact]
    public async Task goes_by_the_date_when_there_is_no_tag()
    {
        await using var origin = await Origin.Answering(Breaking(1, tag: null, Saved));

        await ShouldFetch(origin, Picture);

        origin.Requests.Last().IfRange.ToString().ShouldBe(Saved.ToString("R", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("W/\"1\"")]
    [InlineData(null)]
    public async Task starts_over_when_nothing_proves_that_it_is_the_same(string? tag)
    {
        await using var origin = await Origin.Answering(
            Breaking(1, tag is null ? null : EntityTagHeaderValue.Parse(tag)));

        await ShouldFetch(origin, Picture);

        origin.Requests.Last().Range.ShouldBeEmpty();
    }

    [Fact]
    public async Task starts_over_when_the_origin_knows_no_ranges()
    {
        await using var origin = await Origin.Answering(Breaking(1, Tag, ranges: false));

        await ShouldFetch(origin, Picture);
    }

    [Fact]
    public async Task starts_over_when_the_origin_has_changed()
    {
        var requests = 0;
        await using var origin = await Origin.Answering(http => Interlocked.Increment(ref requests) is 1
            ? Half(http, Picture, Tag, Saved)
            : Whole(http, Another, new EntityTagHeaderValue("\"2\"")));

        await ShouldFetch(origin, Another);
    }

    [Theory]
    [InlineData("bytes 7-799999/800000", "\"1\"")] // another part
    [InlineData("bytes {0}-899998/899999", "\"1\"")] // of another whole
    [InlineData("bytes {0}-899999/900000", "\"2\"")] // a part of something else
    [InlineData("lines {0}-899999/900000", "\"1\"")]
    public async Task starts_over_when_what_comes_is_no_continuation(string contentRange, string tag)
    {
        var requests = 0;
        await using var origin = await Origin.Answering(http =>
        {
            if (Interlocked.Increment(ref requests) is 1) return Half(http, Picture, Tag, null);
            if (http.Request.Headers.Range.Count is 0) return Whole(http, Another, Tag);
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            var from = RangeHeaderValue.Parse(http.Request.Headers.Range.ToString()).Ranges.Single().From;
            http.Response.Headers.ContentRange = string.Format(CultureInfo.InvariantCulture, contentRange, from);
            http.Response.Headers.ETag = tag;
            return http.Response.WriteAsync("forged");
        });

        await ShouldFetch(origin, Another);
    }

    [Fact]
    public async Task starts_over_when_the_range_is_refused()
    {
        var requests = 0;
        await using var origin = await Origin.Answering(http =>
        {
            if (Interlocked.Increment(ref requests) is 1) return Half(http, Picture, Tag, null);
            if (http.Request.Headers.Range.Count is 0) return Whole(http, Another, Tag);
            http.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            return Task.CompletedTask;
        });

        await ShouldFetch(origin, Another);
    }

    [Fact]
    public async Task survives_an_origin_that_is_away_for_a_moment()
    {
        var requests = 0;
        await using var origin = await Origin.Answering(http =>
        {
            if (Interlocked.Increment(ref requests) is 1) return Half(http, Picture, Tag, null);
            if (requests > 2) return Whole(http, Picture, Tag);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });

        await ShouldFetch(origin, Picture);
    }

    [Fact]
    public async Task gives_up_in_the_end()
    {
        await using var origin = await Origin.Answering(http => Half(http, Picture, null, null));

        var failure = await origin.Failure(Origin.Patient with { MaxTransfers = 3 });

        failure.Failure.ShouldBe(FetchFailure.Truncated);
        failure.MayPass.ShouldBeTrue();
        failure.Message.ShouldMatch("^the origin broke off after [0-9,]+ of 900,000 bytes: http://127");
        origin.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task notices_chunks_that_break_off()
    {
        await using var origin = await Origin.Answering(async http =>
        {
            await http.Response.Body.WriteAsync(Picture.AsMemory(0, 1000));
            await http.Response.Body.FlushAsync();
            await Task.Delay(50, http.RequestAborted); // what is sent arrives first
            http.Abort();
        });

        (await origin.Failure()).Failure.ShouldBe(FetchFailure.Truncated);
    }

    private static async Task ShouldFetch(Origin origin, byte[] bytes)
    {
        var fetched = await origin.Fetch();

        (await File.ReadAllBytesAsync(origin.File, TestContext.Current.CancellationToken)).ShouldBe(bytes);
        fetched.Bytes.ShouldBe(bytes.Length);
        fetched.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>Serves ranges as a file server does, but hangs up halfway the first few times.</summary>
    private static RequestDelegate Breaking(
        int times, EntityTagHeaderValue? tag, DateTimeOffset? saved = null, bool ranges = true)
    {
        var requests = 0;
        return http =>
        {
            if (!ranges) http.Request.Headers.Range = default;
            var cut = Interlocked.Increment(ref requests) <= times;
            if (cut) http.Response.Body = new Cut(http, 150_000);
            return Whole(http, Picture, tag, saved);
        };
    }

    private static Task Whole(
        HttpContext http, byte[] bytes, EntityTagHeaderValue? tag, DateTimeOffset? saved = null) =>
        Results.Bytes(bytes, "image/tiff", entityTag: tag, lastModified: saved, enableRangeProcessing: true)
            .ExecuteAsync(http);

    private static Task Half(HttpContext http, byte[] bytes, EntityTagHeaderValue? tag, DateTimeOffset? saved)
    {
        http.Response.Body = new Cut(http, bytes.Length / 2);
        return Whole(http, bytes, tag, saved);
    }
}
