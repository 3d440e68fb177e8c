using System.Net;
using System.Net.Sockets;
using Dlcs.Processing.Fetching;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Fetching;

public sealed class FailingToFetch
{
    private static readonly FetchSettings Hurried = Origin.Patient with
    {
        MaxBytes = 100_000,
        HeaderTimeout = TimeSpan.FromSeconds(5),
        StallTimeout = TimeSpan.FromMilliseconds(500),
        Deadline = TimeSpan.FromSeconds(20),
        MaxTransfers = 2,
    };

    [Theory]
    [InlineData(401, FetchFailure.Credentials, false, "the origin asks for credentials")]
    [InlineData(403, FetchFailure.Credentials, false, "the origin asks for credentials")]
    [InlineData(404, FetchFailure.Missing, false, "the origin has no such file")]
    [InlineData(410, FetchFailure.Missing, false, "the origin has no such file")]
    [InlineData(400, FetchFailure.Answer, false, "the origin gives no file")]
    [InlineData(206, FetchFailure.Answer, false, "the origin gives no file")]
    [InlineData(304, FetchFailure.Answer, false, "the origin gives no file")]
    [InlineData(429, FetchFailure.Answer, true, "the origin cannot answer now")]
    [InlineData(500, FetchFailure.Answer, true, "the origin cannot answer now")]
    [InlineData(503, FetchFailure.Answer, true, "the origin cannot answer now")]
    public async Task tells_one_answer_from_another(int status, FetchFailure kind, bool mayPass, string reason)
    {
        await using var origin = await Origin.Answering(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var failure = await origin.Failure(path: "/maps/1.tif?signature=secret");

        failure.Message.ShouldBe($"{reason}: {origin.Url("/maps/1.tif")} answered {status}");
        failure.Failure.ShouldBe(kind);
        failure.MayPass.ShouldBe(mayPass);
        origin.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    public async Task takes_nothing_for_no_image(int status)
    {
        await using var origin = await Origin.Answering(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var failure = await origin.Failure();

        failure.Failure.ShouldBe(FetchFailure.Empty);
        failure.MayPass.ShouldBeFalse();
    }

    [Fact]
    public async Task does_not_wait_long_for_an_answer() => await ShouldTimeOut(
        "did not answer within 0.5 s", http => Task.Delay(Timeout.Infinite, http.RequestAborted),
        Hurried with { HeaderTimeout = TimeSpan.FromMilliseconds(500) });

    [Fact]
    public async Task does_not_wait_long_for_more() => await ShouldTimeOut(
        "sent less than 65,536 bytes within 0.5 s",
        async http =>
        {
            await http.Response.WriteAsync("the beginning");
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });

    [Fact]
    public async Task does_not_wait_for_a_trickle() =>
        await ShouldTimeOut("sent less than 65,536 bytes within 0.5 s", http => Send(http, "x"));

    [Fact]
    public async Task does_not_wait_for_ever() => await ShouldTimeOut(
        "did not end within 2 s", http => Send(http, "a stream, not a trickle"),
        Hurried with { StallBytes = 10, StallTimeout = TimeSpan.FromSeconds(5), Deadline = TimeSpan.FromSeconds(2) });

    [Fact]
    public async Task reads_nothing_of_what_says_that_it_is_too_large()
    {
        await using var origin = await Origin.Answering(async http =>
        {
            http.Response.ContentLength = 100_001;
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });

        var failure = await origin.Failure(Hurried with { StallTimeout = TimeSpan.FromMinutes(1) });

        failure.Message.ShouldBe($"the origin is larger than 100,000 bytes: {origin.Url()}");
        failure.Failure.ShouldBe(FetchFailure.TooLarge);
        failure.MayPass.ShouldBeFalse();
    }

    [Fact]
    public async Task leaves_what_does_not_end()
    {
        await using var origin = await Origin.Answering(async http =>
        {
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(new byte[10_000]);
        });

        var failure = await origin.Failure(Hurried);

        failure.Message.ShouldBe($"the origin does not end and is larger than 100,000 bytes: {origin.Url()}");
        failure.MayPass.ShouldBeFalse();
        origin.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task trusts_no_certificate_that_nobody_vouches_for()
    {
        await using var origin = await Origin.Answering(http => http.Response.WriteAsync("picture"), tls: true);

        var failure = await origin.Failure();

        failure.Failure.ShouldBe(FetchFailure.Tls);
        failure.MayPass.ShouldBeFalse();
        origin.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task finds_nobody_listening()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"http://{listener.LocalEndpoint}/x");
        listener.Stop();

        var failure = await Failure(url);

        failure.Message.ShouldBe($"the origin refuses connections: {url}");
        failure.MayPass.ShouldBeTrue();
    }

    [Fact]
    public async Task finds_something_that_does_not_speak_http()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answer = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync("220 ready\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);

        var failure = await Failure(new Uri($"http://{listener.LocalEndpoint}/x"));

        failure.Failure.ShouldBe(FetchFailure.Answer);
        await answer;
    }

    [Fact]
    public async Task finds_no_such_name()
    {
        var failure = await Failure(new Uri("http://nowhere.invalid/x"));

        failure.Failure.ShouldBe(FetchFailure.Name);
        failure.MayPass.ShouldBeTrue();
    }

    private static async Task Send(HttpContext http, string some)
    {
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.WriteAsync(some);
            await http.Response.Body.FlushAsync();
            await Task.Delay(100, http.RequestAborted);
        }
    }

    private static async Task ShouldTimeOut(string reason, RequestDelegate answer, FetchSettings? settings = null)
    {
        await using var origin = await Origin.Answering(answer);

        var failure = await origin.Failure(settings ?? Hurried);

        failure.Message.ShouldBe($"the origin {reason}: {origin.Url()}");
        failure.Failure.ShouldBe(FetchFailure.Timeout);
        failure.MayPass.ShouldBeTrue();
    }

    private static Task<FetchException> Failure(Uri url) => Should.ThrowAsync<FetchException>(() => Fetch.ToFile(
        url, Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), Origin.Patient,
        TestContext.Current.CancellationToken));
}
