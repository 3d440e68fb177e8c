using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Iiif.Presentation;

/// <summary>The Presentation API on the public host. Needs an image index and <see cref="IiifSettings"/>.</summary>
public static class PresentationModule
{
    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS"];

    public static IServiceCollection AddPresentation(
        this IServiceCollection services, Func<IServiceProvider, Lookups> lookups) =>
        services.AddSingleton(lookups).AddSingleton<Presenter>();

    public static void MapPresentation(this IEndpointRouteBuilder pub)
    {
        var presenter = pub.ServiceProvider.GetRequiredService<Presenter>();
        foreach (var version in (string[])["", "v2/", "v3/"])
        {
            Map($"/iiif-resource/{version}{{customer}}/{{query}}/{{**arguments}}", Manifest(Selecting.ByNamedQuery));
            Map($"/iiif-manifest/{version}{{customer}}/{{space}}/{{image}}", Manifest(Selecting.ByImage));
        }
        Map("/resource/{customer}/{query}/{**arguments}", Manifest(Selecting.ByNamedQuery));
        Map("/raw-resource/{customer}/{query}/{**arguments}", http => presenter.Ids(http, Selecting.AllByNamedQuery));

        RequestDelegate Manifest(Select select) => http => presenter.Manifest(http, select);
        void Map(string pattern, RequestDelegate answer) => pub.MapMethods(pattern, Methods, answer);
    }
}
