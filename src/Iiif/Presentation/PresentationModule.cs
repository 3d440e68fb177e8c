using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Iiif.Presentation;

/// <summary>The Presentation API on the public host. Needs an image index and <see cref="IiifSettings"/>.</summary>
public static class PresentationModule
{
    public static IServiceCollection AddPresentation(
        this IServiceCollection services, Func<IServiceProvider, Lookups> lookups) =>
        services.AddSingleton(lookups).AddSingleton<Presenter>();

    public static void MapPresentation(this IEndpointRouteBuilder pub)
    {
        var presenter = pub.ServiceProvider.GetRequiredService<Presenter>();
        Map("iiif-resource", http => presenter.Manifest(http, Selecting.ByNamedQuery));
        Map("resource", http => presenter.Manifest(http, Selecting.ByNamedQuery));
        Map("raw-resource", http => presenter.Ids(http, Selecting.AllByNamedQuery));
        Map("iiif-manifest", http => presenter.Manifest(http, Selecting.ByImage));

        // Whatever stands behind it: what is wrong with it is said as everything else is.
        void Map(string kind, RequestDelegate answer) => pub.Map($"/{kind}/{{**rest}}", answer);
    }
}
