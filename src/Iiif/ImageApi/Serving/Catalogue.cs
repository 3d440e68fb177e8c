using System.Globalization;
using Dlcs.Kernel;

namespace Dlcs.Iiif.ImageApi.Serving;

/// <summary>From a URL to the image that it names.</summary>
public sealed class Catalogue(Served served, Customers customers)
{
    /// <summary>What is in mind, without waiting: the way that almost every request for a tile takes.</summary>
    public bool TryFind(in PublicPath path, out ServedImage image) => served.TryFind(path.ImageText, out image);

    /// <returns><c>null</c> when there is no such image.</returns>
    public async Task<ServedImage?> Find(PublicPath path, CancellationToken ct)
    {
        if (path.Names() is not var (customer, space, name)) return null;
        if (!int.TryParse(space, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        if (await customers.Find(customer, ct) is not { } owner) return null;

        return await served.Find(new ImageId(new SpaceId(owner, number), name), ct);
    }
}
