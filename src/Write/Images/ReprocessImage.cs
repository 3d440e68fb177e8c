using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Images;

/// <summary>Fetches and processes an image again, as it is described.</summary>
public sealed record ReprocessImage(ImageId Id, Guid Registration)
{
    public static Decision Decide(ReprocessImage command, Image image) =>
        image.Exists && image.Description is { } description
            ? RegisterImage.Decide(new(description, command.Registration, Lane.Priority), image)
            : Rejection.NotFound($"there is no image {command.Id}");
}

public static class ReprocessImageEndpoint
{
    public static void Map(IEndpointRouteBuilder image) => image.MapPost("/reingest", Post);

    private static async Task<IResult> Post(
        ImagePlace place, HttpContext http, Caller caller, IEventStore store, Show show, CancellationToken ct)
    {
        var command = new ReprocessImage(place.Id, caller.Metadata.Command);
        var decided = await store.Decide<Image>(
            place.Id.Stream, caller.Metadata, image => ReprocessImage.Decide(command, image), ct);

        return decided.Decision.Rejection?.ToProblem()
            ?? await show(http, new Shown.Image(place.Id), StatusCodes.Status200OK, decided.Position);
    }
}
