using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.S3;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Storage;

/// <summary>A store that refuses signed links and takes signed requests: for how long it is believed.</summary>
public sealed class DoingWithoutLinks
{
    private static readonly StorageKey Key = new("2/pyramids/ab/abcd.zip");

    private static readonly S3Settings Store = new("pixels")
    {
        Endpoint = new("http://127.0.0.1:9"),
        PathStyle = true,
        Credentials = new("key", "secret"),
    };

    [Fact]
    public async Task lasts_a_minute_and_not_until_the_next_start()
    {
        await using var bench = await S3Bench.Open(Store);
        var clock = new Clock();
        bench.With(s => s, clock);
        bench.Front.Answer = http => Takes(http, links: false);
        await bench.Read(Key, 0, 10);
        await bench.Read(Key, 0, 10);
        Links(bench).ShouldBe(2); // of which the second was signed anew

        bench.Front.Answer = http => Takes(http, links: true);
        await bench.Read(Key, 0, 10);
        Links(bench).ShouldBe(2);
        clock.Passed = TimeSpan.FromSeconds(61);
        await bench.Read(Key, 0, 10);
        await bench.Read(Key, 0, 10);

        Links(bench).ShouldBe(4);
        bench.Front.Requests.Count.ShouldBe(7);
    }

    private static int Links(S3Bench bench) =>
        bench.Front.Requests.Count(r => r.Path.Contains("X-Amz-Signature", StringComparison.Ordinal));

    private static async Task<bool> Takes(HttpContext http, bool links)
    {
        if (http.Request.Query.ContainsKey("X-Amz-Signature") && !links)
            return await S3Front.Refuse(http, 403, "AccessDenied");
        (http.Response.StatusCode, http.Response.ContentLength) = (206, 10);
        http.Response.Headers.ContentRange = "bytes 0-9/1000";
        await http.Response.WriteAsync("0123456789");
        return true;
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Passed.TotalSeconds * TimestampFrequency);
    }
}
