using System.Net;
using System.Text.Json;
using Dlcs.Host.Wiring;
using Dlcs.Iiif;
using Dlcs.Iiif.Presentation;
using Dlcs.Integration.Read;
using Dlcs.Integration.Servers;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Integration.Presentation;

/// <summary>
/// A minute for each event, from 00:00 on: the customer, the space <c>maps</c>, an image, a query, a new name for the
/// space, another template. Nothing happens to the image once it is there.
/// </summary>
public sealed class AskingTheViewsForAPast(Postgres postgres) : IAsyncLifetime
{
    private static readonly SpaceId Space = new(2, 5);
    private static readonly ImageId Image = new(Space, "a");
    private static readonly Guid Query = Guid.CreateVersion7();
    private Projected projected = null!;
    private WebApplication app = null!;
    private HttpClient client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        projected = await Projected.Start(postgres);
        var (space, query) = (new StreamName($"space-{Space}"), StreamName.NamedQuery(2, "shelf"));
        await At(0, StreamName.Customer(2), new CustomerCreated(2, Guid.Empty, "library", "Library"));
        await At(1, space, new SpaceCreated(Space, Guid.Empty, "maps", [], []));
        await At(2, Image.Stream, Some.Registered(Some.Image(Image)), Some.Ingested(Image));
        await At(3, query, new NamedQueryDefined(2, Query, "shelf", "spacename=p1"));
        await At(4, space, new SpaceRenamed(Space, Guid.Empty, "atlases"));
        await At(5, query, new NamedQueryChanged(2, Query, "s1=p1"));
        await Serve();
    }

    [Theory]
    [InlineData("00:02:59.9", "maps", HttpStatusCode.NotFound)] // there is no query yet
    [InlineData("00:03", "maps", HttpStatusCode.OK)]
    [InlineData("00:03:59.9", "maps", HttpStatusCode.OK)]
    [InlineData("00:03:59.9", "atlases", HttpStatusCode.NotFound)]
    [InlineData("00:04", "maps", HttpStatusCode.NotFound)]
    [InlineData("00:04", "atlases", HttpStatusCode.OK)]
    [InlineData("00:04:59.9", "book", HttpStatusCode.NotFound)]
    [InlineData("00:05", "atlases", HttpStatusCode.NotFound)]
    [InlineData("00:05", "book", HttpStatusCode.OK)]
    [InlineData("23:59", "book", HttpStatusCode.OK)]
    public async Task sees_queries_and_names_as_they_were(string time, string argument, HttpStatusCode status)
    {
        using var response = await client.GetAsync($"/iiif-resource/2/shelf/{argument}?asOf=2026-01-01T{time}Z", Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);

        response.StatusCode.ShouldBe(status, text);
        if (status is HttpStatusCode.OK)
            JsonElement.Parse(text).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        await projected.DisposeAsync();
    }

    private Task At(int minute, StreamName stream, params IEvent[] events) =>
        projected.HappenAt(Shelf.Began.AddMinutes(minute), stream, events);

    /// <summary>As the host does it.</summary>
    private async Task Serve()
    {
        var builder = OwnServer.Builder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(projected.Images).AddSingleton(projected.Views)
            .AddSingleton(new UrlSettings(null, null, 0, 0)).AddSingleton(new IiifSettings())
            .AddPresentation(IiifHost.Lookups);
        app = builder.Build();
        app.MapPresentation();
        await app.StartAsync(Ct);
        client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
    }
}
