using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Images;

/// <summary>Deletes an image. Its history stays, and its id may be registered again.</summary>
public sealed record DeleteImage(ImageId Id)
{
    public static Decision Decide(DeleteImage command, Image image) => image.Standing is { } standing
        ? [new ImageDeleted(command.Id, standing)]
        : Rejection.NotFound($"there is no image {command.Id}");
}

public static class DeleteImageEndpoint
{
    public static void Map(IEndpointRouteBuilder image) => image.MapDelete("", Delete);

    private static async Task<IResult> Delete(
        ImagePlace place, HttpContext http, Caller caller, IEventStore store, Show show, CancellationToken ct)
    {
        var command = new DeleteImage(place.Id);
        var decided = await store.Decide<Image>(
            place.Id.Stream, caller.Metadata, image => DeleteImage.Decide(command, image), ct);

        return decided.Decision.Rejection?.ToProblem()
            ?? await show(http, new Shown.Nothing(), StatusCodes.Status204NoContent, decided.Position);
    }
}
