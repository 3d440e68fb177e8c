using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Spaces;

/// <summary>
/// Deletes an empty space in two steps: closed, it takes no more images, so that what a view says of it from there on
/// stays true; then it is deleted, or reopened when it holds any.
/// </summary>
/// <param name="Closer">The id of the command that closes it: what was found out for one closing says nothing of a
/// later one.</param>
public sealed record DeleteSpace(SpaceId Id, Guid Closer)
{
    /// <summary>Closing again asks the view again, wherever an earlier attempt stopped.</summary>
    public static Decision Close(DeleteSpace command, Space space) => space.Exists
        ? [new SpaceClosing(command.Id)]
        : Rejection.NotFound($"there is no space {command.Id.Space}");

    public static Decision Decide(DeleteSpace command, bool isEmpty, Space space) => space.Status switch
    {
        SpaceStatus.Closing when space.Closer != command.Closer =>
            Rejection.Conflict($"space {command.Id.Space} is being deleted by another request"),
        SpaceStatus.Closing => isEmpty ? [new SpaceDeleted(command.Id)] : [new SpaceReopened(command.Id)],
        SpaceStatus.Open => NotEmpty(command.Id), // an image came in between
        _ => [],
    };

    internal static Rejection NotEmpty(SpaceId id) =>
        Rejection.Conflict($"space {id.Space} is not empty: delete its images first");

    /// <summary>The second step, by whoever took the first, or found it taken and left.</summary>
    /// <param name="closed">Where <see cref="SpaceClosing"/> stands.</param>
    public static async Task<Decided<Space>> Finish(
        IEventStore store, DeleteSpace command, Position closed, SpaceIsEmpty ask, Metadata metadata,
        CancellationToken ct)
    {
        var isEmpty = await ask(command.Id, closed, ct);
        // Two who found out different things must not take each other's event for their own.
        var outcome = NamedGuid.Of(metadata.Command, isEmpty ? "is empty" : "is not empty");
        var decided = await store.Decide<Space>(
            command.Id.Stream, metadata with { Command = outcome }, space => Decide(command, isEmpty, space), ct);

        if (decided.Decision.Events is [SpaceDeleted])
            await new Claiming(store, metadata).Release(
                StreamName.SpaceName(command.Id.Customer, decided.Before.Name), decided.Before.Claim, ct);
        return decided;
    }
}

public static class DeleteSpaceEndpoint
{
    public static void Map(IEndpointRouteBuilder space) => space.MapDelete("", Delete);

    public static async Task<IResult> Delete(
        int customer, int space, HttpContext http, Caller caller, IEventStore store, SpaceIsEmpty ask, Show show,
        CancellationToken ct)
    {
        var command = new DeleteSpace(new(customer, space), caller.Metadata.Command);
        var closed = await store.Decide<Space>(
            command.Id.Stream, caller.Metadata, state => DeleteSpace.Close(command, state), ct);
        if (closed.Decision.Rejection is { } unknown) return unknown.ToProblem();

        var decided = await DeleteSpace.Finish(store, command, closed.Position!.Value, ask, caller.Metadata, ct);
        if (decided.Decision.Rejection is { } no) return no.ToProblem();
        if (decided.Decision.Events is [SpaceReopened])
            return DeleteSpace.NotEmpty(command.Id).ToProblem();
        return await show(
            http, new Shown.Nothing(), StatusCodes.Status204NoContent, decided.Position ?? closed.Position);
    }
}
