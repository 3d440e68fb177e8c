using System.IO.Compression;
using System.Security.Cryptography;
using Dlcs.Processing.Fetching;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Fetching;

public sealed class FetchingAnOrigin
{
    private static readonly byte[] Picture = RandomNumberGenerator.GetBytes(1_000_000);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task keeps_its_bytes_and_says_their_digest_and_the_type_it_was_told()
    {
        await using var origin = await Origin.Answering(http =>
        {
            http.Response.ContentType = "image/tiff; charset=binary";
            return http.Response.Body.WriteAsync(Picture).AsTask();
        });

        var fetched = await origin.Fetch();

        fetched.ShouldBe(new Fetched(Picture.Length, Convert.ToHexStringLower(SHA256.HashData(Picture)), "image/tiff"));
        (await File.ReadAllBytesAsync(origin.File, Ct)).ShouldBe(Picture);
    }

    [Fact]
    public async Task replaces_what_was_in_the_file()
    {
        await using var origin = await Origin.Answering(http => http.Response.Body.WriteAsync(Picture).AsTask());
        await File.WriteAllBytesAsync(origin.File, new byte[2_000_000], Ct);

        await origin.Fetch();

        new FileInfo(origin.File).Length.ShouldBe(Picture.Length);
    }

    [Fact]
    public async Task keeps_gzip_as_it_is_and_asks_for_none()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Picture);
        await using var origin = await Origin.Answering(http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.Body.WriteAsync(packed.ToArray()).AsTask();
        });

        (await origin.Fetch()).Bytes.ShouldBe(packed.Length);
        origin.Requests.ShouldHaveSingleItem().AcceptEncoding.ToString().ShouldBe("identity");
    }

    [Fact]
    public async Task takes_a_web_page_for_what_it_says_it_is()
    {
        await using var origin = await Origin.Answering(http =>
        {
            http.Response.ContentType = "text/html";
            return http.Response.WriteAsync("<!doctype html>");
        });

        (await origin.Fetch()).DeclaredType.ShouldBe("text/html");
    }

    [Fact]
    public async Task says_who_asks_and_nothing_of_what_went_before()
    {
        await using var origin = await Origin.Answering(http =>
        {
            http.Response.Cookies.Append("session", "1");
            return http.Response.WriteAsync("picture");
        });
        var settings = Origin.Patient with { UserAgent = "Dlcs/2.0 (+https://images.example.org)" };

        await origin.Fetch(settings);
        await origin.Fetch(settings);

        origin.Requests.Count.ShouldBe(2);
        foreach (var request in origin.Requests)
        {
            request.UserAgent.ToString().ShouldBe("Dlcs/2.0 (+https://images.example.org)");
            request.Cookie.ShouldBeEmpty();
            request.TraceParent.ShouldBeEmpty();
            request.Range.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task goes_through_the_proxy_that_is_configured()
    {
        var asked = "";
        await using var proxy = await Origin.Answering(http =>
        {
            asked = http.Request.Host.Value;
            return http.Response.WriteAsync("picture");
        });
        var settings = Origin.Patient with { AllowPrivateAddresses = false, Proxy = proxy.Url("/") };

        await Fetch.ToFile(new Uri("http://images.example.invalid/1"), proxy.File, settings, Ct);

        asked.ShouldBe("images.example.invalid");
    }

    [Fact]
    public async Task stops_when_it_is_no_longer_wanted()
    {
        using var wanted = new CancellationTokenSource();
        await using var origin = await Origin.Answering(async http =>
        {
            await http.Response.WriteAsync("the beginning");
            await http.Response.Body.FlushAsync();
            await wanted.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });

        await Should.ThrowAsync<OperationCanceledException>(
            () => Fetch.ToFile(origin.Url(), origin.File, Origin.Patient, wanted.Token));

        File.Exists(origin.File).ShouldBeFalse();
    }
}
