using System.Globalization;
using System.Net;
using System.Text.Json;
using Dlcs.Iiif;
using Dlcs.Iiif.ImageApi.Serving;
using Dlcs.Integration.Journeys;
using Dlcs.Kernel.Storage;
using Dlcs.Read.Images;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetVips;

namespace Dlcs.Integration.ImageApi;

/// <summary>The real public host on a port of its own, over stored pictures and an index in memory.</summary>
public sealed class PublicHost : IAsyncLifetime
{
    private readonly StoredPictures stored = new();
    private WebApplication app = null!;

    /// <summary>The folio: 1300 x 900, tiles of 256, thumbnails of 400, 200 and 100.</summary>
    public Image Folio { get; } = Picture.Make(1300, 900);

    internal KnownImages Images { get; } = new();

    internal StoredPictures Stored => stored;

    /// <summary>Follows no redirects.</summary>
    public HttpClient Client { get; private set; } = null!;

    public string Url => Client.BaseAddress!.ToString().TrimEnd('/');

    public Served Served => app.Services.GetRequiredService<Served>();

    public async ValueTask InitializeAsync()
    {
        var ready = await stored.Store(Folio, 256, 400, 200, 100);
        Images.Set("folio", ready);
        Images.Set("ark:/12025/654xz321", ready);
        (app, Client) = await Start(stored.Storage, Images, new IiifSettings());
    }

    /// <summary>Another host over the same pictures.</summary>
    /// <param name="heard">Hears what it says in its log.</param>
    /// <param name="before">What every request passes first.</param>
    internal static async Task<(WebApplication App, HttpClient Client)> Start(
        IStorage storage, IImageIndex images, IiifSettings settings, Heard? heard = null,
        Func<HttpContext, RequestDelegate, Task>? before = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (heard is not null) builder.Logging.AddProvider(heard);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(storage).AddSingleton(images).AddIiif(settings).AddSingleton<CustomerNamed>(
            name => Task.FromResult<int?>(name is "wellcome" ? 2 : null));

        var app = builder.Build();
        if (before is not null) app.Use(before);
        app.UseRouting();
        app.MapIiif();
        await app.StartAsync();
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        return (app, new HttpClient(handler) { BaseAddress = new(app.Urls.Single()) });
    }

    public Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, headers);

    /// <summary>Sends the path as it is written.</summary>
    public async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url + path, new UriCreationOptions
        {
            DangerousDisablePathAndQueryCanonicalization = true,
        }));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// The length as the host says it, -1 when it does not: a content's own property is what has come, where nothing
    /// is said of it.
    /// </summary>
    public static long SaidLength(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var said)
            ? long.Parse(said.ToString(), CultureInfo.InvariantCulture) : -1;

    public static async Task<JsonElement> Json(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        SaidLength(response).ShouldBe(bytes.Length);
        return JsonDocument.Parse(bytes).RootElement;
    }

    /// <summary>The decoded picture at that path, which must be there.</summary>
    public async Task<Image> Look(string path)
    {
        using var response = await Get(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        SaidLength(response).ShouldBe(bytes.Length);
        return Image.NewFromBuffer(bytes).CopyMemory();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Folio.Dispose();
        stored.Dispose();
    }
}
