using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Bodies;
using Dlcs.Write.Claims;
using Dlcs.Write.Images;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Spaces;

/// <summary>Changes what is named: the name, or what is registered into the space from here on takes.</summary>
/// <param name="Claim">On the new name.</param>
public sealed record ChangeSpace(SpaceId Id, Guid Claim, SpaceBody Body, string Api)
{
    public SpaceRenamed? Renames(Space space) =>
        Body.Name.Or(space.Name) is var name && name != space.Name ? new(Id, Claim, name) : null;

    /// <param name="renamed">The event whose name is claimed; <c>null</c> when the name stays.</param>
    public static Decision Decide(ChangeSpace command, SpaceRenamed? renamed, Space space)
    {
        if (!space.Exists) return Rejection.NotFound($"there is no space {command.Id.Space}");

        var body = command.Body;
        var defaults = new SpaceDefaultsChanged(
            command.Id,
            [.. body.DefaultTags.Over(space.DefaultTags, []).Distinct(StringComparer.Ordinal)],
            Roles.Kept(body.DefaultRoles.Over(space.DefaultRoles, []), command.Id.Customer, command.Api),
            body.MaxUnauthorised.Over(space.MaxUnauthorised, -1));
        List<IEvent> events = [];
        if (renamed is not null && !space.Saw(command.Claim)) events.Add(renamed);
        if (!Same(defaults, space)) events.Add(defaults);
        return new(events);
    }

    private static bool Same(SpaceDefaultsChanged e, Space space) => e.MaxUnauthorised == space.MaxUnauthorised
        && e.DefaultTags.SequenceEqual(space.DefaultTags) && e.DefaultRoles.SequenceEqual(space.DefaultRoles);
}

public static class ChangeSpaceEndpoint
{
    public static void Map(IEndpointRouteBuilder space) => space.MapPatch("", Patch);

    public static Task<IResult> Patch(
        int customer, int space, Body<SpaceBody, ChangeSpaceValidator> body, HttpContext http, Caller caller,
        IEventStore store, Show show, CancellationToken ct) => Change(
            new(new(customer, space), caller.Metadata.Command, body.Value, caller.Api), http, caller, store, show, ct);

    internal static async Task<IResult> Change(
        ChangeSpace command, HttpContext http, Caller caller, IEventStore store, Show show, CancellationToken ct)
    {
        if (command.Body.Fault(command.Id) is { } other) return Rejection.Invalid(other).ToProblem();
        var (now, _) = await store.Fold<Space>(command.Id.Stream, ct);
        if (!now.Exists) return ChangeSpace.Decide(command, renamed: null, now).Rejection!.ToProblem();

        var renamed = command.Renames(now);
        var (taken, decided) = renamed is null
            ? (false, await store.Decide<Space>(
                command.Id.Stream, caller.Metadata, space => ChangeSpace.Decide(command, renamed, space), ct))
            : await store.Win<Space>(
                Bid.For(renamed), caller.Metadata, space => ChangeSpace.Decide(command, renamed, space), ct);

        if (taken) return CreateSpaceEndpoint.Taken(renamed!.Name).ToProblem();
        if (decided!.Decision.Rejection is { } no) return no.ToProblem();

        var (old, id) = (decided.Before, command.Id);
        if (renamed is not null)
            await new Claiming(store, caller.Metadata)
                .ReleaseOld(command.Claim, StreamName.SpaceName(id.Customer, old.Name), old.Claim, ct);
        return await show(http, new Shown.Space(id), StatusCodes.Status200OK, decided.Position ?? await store.End(ct));
    }
}
