using Dlcs.Iiif.ImageApi;
using Dlcs.Iiif.ImageApi.Pixels;
using Dlcs.Iiif.ImageApi.Serving;
using Dlcs.Iiif.Thumbs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dlcs.Iiif;

/// <summary>The public host. Needs an image index, a storage and a <see cref="CustomerNamed"/> from outside.</summary>
public static class IiifModule
{
    public static IServiceCollection AddIiif(this IServiceCollection services, IiifSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton(settings).AddSingleton<Served>().AddSingleton<Customers>()
            .AddSingleton<Catalogue>().AddSingleton<Entrance>().AddSingleton<Tiles>().AddSingleton<Renderer>()
            .AddSingleton<PixelsEndpoint>().AddSingleton<ImageEndpoint>().AddSingleton<ThumbsEndpoint>();
    }

    /// <summary>Image services and thumbnails.</summary>
    public static void MapIiif(this IEndpointRouteBuilder pub)
    {
        var entrance = pub.ServiceProvider.GetRequiredService<Entrance>();
        ImageAnswer images = pub.ServiceProvider.GetRequiredService<ImageEndpoint>().Answer;
        ImageAnswer thumbnails = pub.ServiceProvider.GetRequiredService<ThumbsEndpoint>().Answer;
        pub.Map(ImageEndpoint.Prefix + "{**rest}", http => entrance.Handle(http, ImageEndpoint.Prefix, images));
        pub.Map(ThumbsEndpoint.Prefix + "{**rest}", http => entrance.Handle(http, ThumbsEndpoint.Prefix, thumbnails));
    }
}
