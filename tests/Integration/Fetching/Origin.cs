using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dlcs.Integration.Servers;
using Dlcs.Processing.Fetching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dlcs.Integration.Fetching;

/// <summary>A web server, as a rule on loopback, that answers as a test wants it and remembers its requests.</summary>
internal sealed class Origin : IAsyncDisposable
{
    public static readonly FetchSettings Patient = new()
    {
        AllowPrivateAddresses = true,
        Pause = TimeSpan.FromMilliseconds(1),
    };

    private readonly WebApplication app;
    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-fetch-").FullName;

    private Origin(WebApplication app) => this.app = app;

    public ConcurrentQueue<IHeaderDictionary> Requests { get; } = new();

    public string File => Path.Combine(folder, "origin");

    /// <param name="tls">Over https, with a certificate that nobody vouches for.</param>
    /// <param name="shows">Over https, with this certificate.</param>
    public static async Task<Origin> Answering(
        RequestDelegate answer, bool tls = false, IPAddress? at = null, X509Certificate2? shows = null)
    {
        var builder = OwnServer.Builder();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(at ?? IPAddress.Loopback, 0, on => Secure(on, tls, shows));
            kestrel.AllowSynchronousIO = true;
        });
        var origin = new Origin(builder.Build());
        origin.app.Run(http =>
        {
            origin.Requests.Enqueue(new HeaderDictionary(http.Request.Headers.ToDictionary()));
            return answer(http);
        });
        await origin.app.StartAsync();
        return origin;
    }

    public Uri Url(string path = "/folio-1r.tif") => new(new Uri(app.Urls.Single()), path);

    public Task<Fetched> Fetch(FetchSettings? settings = null, string path = "/folio-1r.tif") =>
        Dlcs.Processing.Fetching.Fetch.ToFile(
            Url(path), File, settings ?? Patient, TestContext.Current.CancellationToken);

    /// <summary>Fetches, and expects that it fails and leaves no file.</summary>
    public async Task<FetchException> Failure(FetchSettings? settings = null, string path = "/folio-1r.tif")
    {
        var failure = await Should.ThrowAsync<FetchException>(() => Fetch(settings, path));
        System.IO.File.Exists(File).ShouldBeFalse();
        return failure;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static void Secure(ListenOptions on, bool tls, X509Certificate2? shows)
    {
        if (shows is not null) on.UseHttps(shows);
        if (!tls) return;
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var signed = request.CreateSelfSigned(
            TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        on.UseHttps(X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null));
    }
}
