using Dlcs.Iiif.NamedQueries;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Iiif.Presentation;

/// <summary>Finds the images of a request.</summary>
internal delegate Task<Selected> Select(Ask ask, IImageIndex index, Lookups lookups, CancellationToken ct);

internal static class Selecting
{
    /// <summary>More canvases than this are no manifest that a viewer could open.</summary>
    private const int Most = 50_000;

    /// <summary><c>{customer}/{query}/{arguments…}</c>, as far as it can be shown.</summary>
    public static Task<Selected> ByNamedQuery(Ask ask, IImageIndex index, Lookups lookups, CancellationToken ct) =>
        ByNamedQuery(ask, ready: true, index, lookups, ct);

    /// <summary>The same with what is in process, or failed.</summary>
    public static Task<Selected> AllByNamedQuery(Ask ask, IImageIndex index, Lookups lookups, CancellationToken ct) =>
        ByNamedQuery(ask, ready: false, index, lookups, ct);

    private static async Task<Selected> ByNamedQuery(
        Ask ask, bool ready, IImageIndex index, Lookups lookups, CancellationToken ct)
    {
        if (await lookups.Customer(ask.Customer, ct) is not { } customer) return UnknownCustomer(ask);
        Position? asOf = ask.AsOf is { } past ? await lookups.Position(past, ct) : null;
        if (await lookups.NamedQuery(customer, ask.Rest[0], asOf, ct) is not { } query)
            return Selected.NotFound($"There is no named query '{ask.Rest[0]}'.");

        return Template.Parse(query.Template).With([.. ask.Rest.Skip(1)]) switch
        {
            Selection.Images { SpaceName: null } images => await Run(images.Query(customer, 0, asOf)),
            Selection.Images { SpaceName: { } name } images =>
                await lookups.Space(customer, name, asOf, ct) is { } space
                    ? await Run(images.Query(customer, space, asOf))
                    : Selected.NotFound($"There is no space '{name}'."),
            Selection.Fault fault => new Selected.Refused(new(400, fault.Sentence)),
            var other => throw new InvalidOperationException($"{other.GetType()} is no kind of selection"),
        };

        async Task<Selected> Run(ImageQuery all)
        {
            var page = await index.Query(all with { Ready = ready, Take = Most }, ct);
            return page.Total > Most
                ? new Selected.Refused(
                    new(400, $"The query selects {page.Total} images; at most {Most} can be answered."))
                : page.Images is [] ? Selected.NotFound("The query selects no image.")
                : new Selected.Images(query, page.Images);
        }
    }

    /// <summary><c>{customer}/{space}/{id}</c></summary>
    public static async Task<Selected> ByImage(Ask ask, IImageIndex index, Lookups lookups, CancellationToken ct)
    {
        if (await lookups.Customer(ask.Customer, ct) is not { } customer) return UnknownCustomer(ask);
        if (ask.Rest is not [var space, var name]
            || !SpaceId.TryParse(FormattableString.Invariant($"{customer}/{space}"), null, out var home))
            return Selected.NotFound("A manifest of one image is found at {customer}/{space}/{image}.");

        Position? asOf = ask.AsOf is { } past ? await lookups.Position(past, ct) : null;
        return await index.Find(new ImageId(home, name), asOf, ct) is { Ready: not null } image
            ? new Selected.Images(null, [image]) : Selected.NotFound($"There is no image '{name}' that can be shown.");
    }

    private static Selected UnknownCustomer(Ask ask) => Selected.NotFound($"There is no customer '{ask.Customer}'.");
}
