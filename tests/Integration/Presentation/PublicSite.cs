using System.Text.Json;
using Dlcs.Iiif;
using Dlcs.Iiif.Presentation;
using Dlcs.Integration.Servers;
using Dlcs.Read.Api;
using Dlcs.Read.Images;
using Dlcs.Read.NamedQueries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Integration.Presentation;

/// <summary>The Presentation API on a real Kestrel. Customer 2 is <c>library</c>; its space 5 is <c>maps</c>.</summary>
public sealed class PublicSite : IAsyncLifetime
{
    private readonly WebApplication app;

    public PublicSite() : this(new())
    {
    }

    internal PublicSite(IiifSettings settings)
    {
        var builder = OwnServer.Builder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IImageIndex>(Shelf).AddSingleton(settings);
        builder.Services.AddPresentation(_ => new Lookups(
            (customer, _) => Task.FromResult<int?>(customer is "2" or "library" ? 2 : null),
            (past, ct) => past is AsOf.Moment moment
                ? Shelf.At(moment.Time, ct) : Task.FromResult(((AsOf.Place)past).Position),
            (_, space, _, _) => Task.FromResult<int?>(space is "maps" ? 5 : null),
            (_, name, asOf, _) => Task.FromResult(Templates.GetValueOrDefault(name) is { } template
                ? new NamedQueryView(2, Guid.Empty, name, template, false, asOf is null ? 1 : 0) : null),
            _ => new Addresses("https://dlcs.example", "https://api.dlcs.example")));
        app = builder.Build();
        app.MapPresentation();
    }

    internal Shelf Shelf { get; } = new();

    public Dictionary<string, string> Templates { get; } = new()
    {
        ["book"] = "canvas=n1&s1=p1",
        ["whole space"] = "canvas=n1 desc&spacename=p1",
        ["numbered"] = "n1=p1",
        ["broken"] = "n1=px",
    };

    public HttpClient Client { get; } =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) });

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        Client.BaseAddress = new Uri(app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    public async Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(Client.BaseAddress + path.TrimStart('/'), new UriCreationOptions
            {
                DangerousDisablePathAndQueryCanonicalization = true,
            }));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> Json(string path, params (string Name, string Value)[] headers)
    {
        using var response = await Get(path, headers);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonElement.Parse(text);
    }
}
