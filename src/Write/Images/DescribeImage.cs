using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Bodies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Images;

/// <summary>
/// Changes what is named, and nothing else; <c>null</c> clears what can be empty. Processed again only when what is
/// made of the image depends on it.
/// </summary>
public sealed record DescribeImage(ImageId Id, Guid Registration, ImageBody Body, string Api)
{
    public static Decision Decide(DescribeImage command, Image image)
    {
        if (!image.Exists || image.Description is not { } before)
            return Rejection.NotFound($"there is no image {command.Id}");

        var after = command.After(before);
        return AffectsDerivatives(before, after)
            ? RegisterImage.Decide(new(after, command.Registration, Lane.Priority), image)
            : Changed.Between(before, after) is { } changed ? [changed] : [];
    }

    private ImageDescription After(ImageDescription image) => image with
    {
        Origin = Body.Origin.HasValue ? Body.Origin.Value : image.Origin,
        Upload = Body.Origin.HasValue ? null : image.Upload,
        DeliveryChannels = Body.DeliveryChannels.HasValue
            ? Channels.Resolve(Body.DeliveryChannels.Value) : image.DeliveryChannels,
        MediaType = Describing.Said(Body.MediaType.Or("")) ?? image.MediaType, // it cannot be nothing
        String1 = Body.String1.Over(image.String1, ""),
        String2 = Body.String2.Over(image.String2, ""),
        String3 = Body.String3.Over(image.String3, ""),
        Number1 = Body.Number1.Over(image.Number1, 0),
        Number2 = Body.Number2.Over(image.Number2, 0),
        Number3 = Body.Number3.Over(image.Number3, 0),
        Tags = Describing.Distinct(Body.Tags.Over(image.Tags, [])),
        Roles = Roles.Kept(Body.Roles.Over(image.Roles, []), image.Id.Customer, Api),
        Manifests = Describing.Distinct(Body.Manifests.Over(image.Manifests, [])),
        MaxUnauthorised = Body.MaxUnauthorised.Over(image.MaxUnauthorised, -1),
        MaxWidth = Body.MaxWidth.Over(image.MaxWidth, 0),
        OpenFullMax = Body.OpenFullMax.Over(image.OpenFullMax, 0),
    };

    private static bool AffectsDerivatives(ImageDescription before, ImageDescription after) =>
        after.Origin != before.Origin || after.MaxUnauthorised != before.MaxUnauthorised
        || after.MaxWidth != before.MaxWidth || after.OpenFullMax != before.OpenFullMax
        || !Policies(after).SetEquals(Policies(before));

    private static HashSet<(string, string)> Policies(ImageDescription image) =>
        [.. image.DeliveryChannels.Select(c => (c.Channel, c.Policy))];
}

public static class DescribeImageEndpoint
{
    public static void Map(IEndpointRouteBuilder image) => image.MapPatch("", Patch);

    private static async Task<IResult> Patch(
        ImagePlace place, Body<ImageBody, DescribeImageValidator> body, HttpContext http, Caller caller,
        IEventStore store, Show show, CancellationToken ct)
    {
        var id = place.Id;
        if (ImageIdentity.Fault(body.Value, id) is { } other) return Rejection.Invalid(other).ToProblem();

        var command = new DescribeImage(id, caller.Metadata.Command, body.Value, caller.Api);
        var decided = await store.Decide<Image>(
            id.Stream, caller.Metadata, image => DescribeImage.Decide(command, image), ct);

        return decided.Decision.Rejection?.ToProblem()
            ?? await show(http, new Shown.Image(id), StatusCodes.Status200OK, decided.Position);
    }
}
