using Dlcs.Read.Images;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Iiif.Presentation;

/// <summary>The Presentation API on the public host. It needs an <see cref="IImageIndex"/> beside.</summary>
public static class PresentationModule
{
    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS"];

    public static IServiceCollection AddPresentation(
        this IServiceCollection services, Func<IServiceProvider, Lookups> lookups) => services.AddSingleton(lookups);

    public static void MapPresentation(this IEndpointRouteBuilder pub)
    {
        foreach (var version in (string[])["", "v2/", "v3/"])
        {
            pub.Map($"/iiif-resource/{version}{{customer}}/{{query}}/{{**arguments}}", Answering.Manifest,
                Selecting.ByNamedQuery);
            pub.Map($"/iiif-manifest/{version}{{customer}}/{{space}}/{{image}}", Answering.Manifest, Selecting.ByImage);
        }
        pub.Map("/resource/{customer}/{query}/{**arguments}", Answering.Manifest, Selecting.ByNamedQuery);
        pub.Map("/raw-resource/{customer}/{query}/{**arguments}", Answering.Ids, Selecting.ByNamedQuery);
    }

    private static void Map(this IEndpointRouteBuilder pub, string pattern, Answer answer, Select select) =>
        pub.MapMethods(pattern, Methods, async (HttpContext context, IImageIndex index, Lookups lookups) =>
        {
            context.AllowAnyOrigin();
            if (HttpMethods.IsOptions(context.Request.Method)) context.AnswerOptions();
            else await answer(context, index, lookups, select);
        });

    private delegate Task Answer(HttpContext context, IImageIndex index, Lookups lookups, Select select);
}
