using Dlcs.Iiif;
using Dlcs.Iiif.ImageApi.Serving;
using Dlcs.Iiif.Presentation;
using Dlcs.Kernel;
using Dlcs.Read.Api;
using Dlcs.Read.Customers;
using Dlcs.Read.Images;
using Dlcs.Read.NamedQueries;
using Dlcs.Read.Projecting;
using Dlcs.Read.Spaces;

namespace Dlcs.Host.Wiring;

/// <summary>What the public host asks of others, and who answers.</summary>
internal static class IiifHost
{
    public static IServiceCollection AddIiifHost(this IServiceCollection services, HostSettings settings) => services
        .AddIiif(new IiifSettings { Urls = Stores.Urls(settings) })
        .AddSingleton<CustomerNamed>(s => name =>
            Keys.CustomerNamed(name, s.GetRequiredService<Views>(), CancellationToken.None))
        .AddPresentation(Lookups);

    /// <summary>Drops from memory what the views show otherwise now.</summary>
    public static void EvictWhatChanges(this IServiceProvider services)
    {
        var served = services.GetRequiredService<Served>();
        services.GetRequiredService<Progress>().Changed += images =>
        {
            if (images is null) served.Clear();
            else foreach (var image in images) served.Evict(ImageId.Parse(image, null));
        };
    }

    internal static Lookups Lookups(IServiceProvider services)
    {
        var (views, urls) = (services.GetRequiredService<Views>(), services.GetRequiredService<UrlSettings>());
        var images = services.GetRequiredService<IImageIndex>();
        return new(
            (name, ct) => Keys.CustomerNamed(name, views, ct),
            (past, ct) => past.Find(images, views, ct),
            (customer, name, asOf, ct) => SpaceQueries.Named(customer, name, asOf, views, ct),
            (customer, name, asOf, ct) => NamedQueryQueries.Find(customer, name, asOf, views, ct),
            request => Addresses(urls.For(request)));
    }

    private static Addresses Addresses(Urls urls) => new(urls.Public, urls.Api);
}
