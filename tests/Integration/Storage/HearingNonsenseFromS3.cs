using System.Diagnostics;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Storage;

[Trait("profile", "cluster")]
public sealed class HearingNonsenseFromS3(Ceph ceph)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task waits_so_long_and_no_longer()
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, bytes) = await bench.Put(1000);
        bench.Front.Answer = async http =>
        {
            await Task.Delay(3000, http.RequestAborted);
            return false;
        };

        bench.With(s => s with { Timeout = TimeSpan.FromSeconds(1), Retries = 1 });
        var clock = Stopwatch.StartNew();
        (await bench.Failure(key)).ShouldEndWith("did not answer in time");
        (await Should.ThrowAsync<StorageUnavailableException>(async () => await bench.Storage.Find(key, Ct)))
            .Message.ShouldEndWith("did not answer in time");
        clock.Elapsed.TotalSeconds.ShouldBeInRange(3, 8);

        bench.With(s => s with { Timeout = TimeSpan.FromSeconds(10) });
        (await bench.Read(key, 0, 1000)).ShouldBe(bytes);
    }

    [Fact]
    public async Task does_not_wait_for_a_body_that_never_ends()
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, _) = await bench.Put(1000);
        bench.Front.Answer = async http =>
        {
            await HalfARange(http.Response);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
            return true;
        };
        bench.With(s => s with { Timeout = TimeSpan.FromSeconds(1), Retries = 0 });

        (await bench.Failure(key)).ShouldEndWith("did not answer in time");
    }

    [Theory]
    [InlineData(200, null, "<html>Welcome</html>")]
    [InlineData(206, null, "0123456789")]
    [InlineData(206, "bytes 5-14/1000", "0123456789")]
    [InlineData(204, null, "")]
    [InlineData(404, null, "default backend - 404")]
    public async Task takes_nothing_that_is_not_the_range(int status, string? range, string body)
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, _) = await bench.Put(1000);
        bench.Front.Answer = async http =>
        {
            http.Response.StatusCode = status;
            if (range is not null) http.Response.Headers.ContentRange = range;
            if (body is not "") await http.Response.WriteAsync(body);
            return true;
        };

        (await bench.Failure(key)).ShouldEndWith("what answers there does not speak as S3 does");
    }

    [Fact]
    public async Task takes_no_half_range()
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, _) = await bench.Put(1000);
        bench.Front.Answer = async http =>
        {
            await HalfARange(http.Response);
            http.Abort();
            return true;
        };

        (await bench.Failure(key)).ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task lists_nothing_from_a_page_that_is_no_list()
    {
        await using var bench = await S3Bench.Open(ceph);
        await bench.Put(1000);
        foreach (var page in (string[])["<html>Welcome", "<html>Welcome</html>"])
        {
            bench.Front.Answer = http => S3Front.Say(http, 200, page);
            await Should.ThrowAsync<StorageUnavailableException>(
                async () => await bench.Storage.List(Ct).ToListAsync(Ct));
        }
    }

    /// <summary>Of all answers the worst: what was never stored would be taken for stored.</summary>
    [Theory]
    [InlineData(1_000)]
    [InlineData(7_000_000)]
    public async Task believes_no_page_of_success(int length)
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, _, file) = await bench.File(length);

        foreach (var method in (string[])["HEAD", "PUT", .. length > 5 << 20 ? ["POST"] : Array.Empty<string>()])
        {
            bench.Front.Answer = http => http.Request.Method == method
                ? S3Front.Say(http, 200, "<html>Welcome to nginx!</html>") : Task.FromResult(false);
            (await Should.ThrowAsync<StorageUnavailableException>(bench.Storage.Put(key, file, Ct)))
                .Reason.ShouldBe("what answers there does not speak as S3 does");
        }
        bench.Front.Answer = _ => Task.FromResult(false);

        (await bench.Storage.Find(key, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task tries_again_what_may_pass()
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, bytes) = await bench.Put(1000);
        var asked = 0;
        bench.Front.Answer = http => ++asked % 3 is 0
            ? Task.FromResult(false) : S3Front.Refuse(http, 503, "SlowDown");

        (await bench.Read(key, 5, 10)).ShouldBe(bytes[5..15]);
        (await bench.Storage.Find(key, Ct))!.Length.ShouldBe(1000);
        asked.ShouldBe(6);
    }

    [Fact]
    public async Task reads_without_links_where_they_are_refused()
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, bytes) = await bench.Put(1000);
        bench.Front.Answer = http => http.Request.Query.ContainsKey("X-Amz-Signature")
            ? S3Front.Refuse(http, 403, "AccessDenied") : Task.FromResult(false);
        bench.Front.Requests.Clear();

        (await bench.Read(key, 5, 10)).ShouldBe(bytes[5..15]);
        (await bench.Read(key, 995, 5)).ShouldBe(bytes[995..]);
        await Should.ThrowAsync<StorageMissException>(() => bench.Read(key, 995, 6));
        await Should.ThrowAsync<StorageMissException>(() => bench.Read(key, 1000, 1));
        await Should.ThrowAsync<StorageMissException>(() => bench.Read(new("2/none"), 0, 1));

        bench.Front.Requests.Count.ShouldBe(7); // two links were tried, once
    }

    [Theory]
    [InlineData(503, "SlowDown", "the store asks for patience (503 SlowDown)", 3)]
    [InlineData(500, "InternalError", "the store answered 500 InternalError", 3)]
    [InlineData(403, "AccessDenied", "the store refuses these credentials, or what they may do (403 AccessDenied)", 3)]
    [InlineData(301, "PermanentRedirect", "S3:Region or S3:Endpoint is another bucket's", 1)]
    [InlineData(400, "<script>", "the store answered 400", 1)]
    [InlineData(507, "QuotaExceeded", "the store is full (507 QuotaExceeded)", 3)]
    [InlineData(403, "QuotaExceeded", "the store is full (403 QuotaExceeded)", 3)] // Ceph's way
    public async Task says_what_the_store_said(int status, string code, string sentence, int tries)
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, _) = await bench.Put(1000);
        bench.Front.Requests.Clear();
        bench.Front.Answer = http => S3Front.Refuse(http, status, code);

        (await bench.Failure(key)).ShouldEndWith(sentence);
        bench.Front.Requests.Count.ShouldBe(tries);
    }

    /// <summary>Five of ten bytes.</summary>
    private static async Task HalfARange(HttpResponse response)
    {
        (response.StatusCode, response.ContentLength) = (206, 10);
        response.Headers.ContentRange = "bytes 0-9/1000";
        await response.WriteAsync("12345");
        await response.Body.FlushAsync();
    }
}
