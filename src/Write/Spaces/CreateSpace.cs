using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Bodies;
using Dlcs.Write.Claims;
using Dlcs.Write.Images;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Spaces;

/// <summary>Creates a space; its name is its own among the customer's spaces from then on.</summary>
public sealed record CreateSpace(SpaceCreated Event)
{
    public static CreateSpace From(SpaceBody body, SpaceId id, Caller caller) => new(new SpaceCreated(
        id, NamedGuid.Of(caller.Metadata.Command, id.Stream.Value), body.Name.Value,
        [.. body.DefaultTags.Or([]).Distinct(StringComparer.Ordinal)],
        Roles.Kept(body.DefaultRoles.Or([]), id.Customer, caller.Api), body.MaxUnauthorised.Or(-1)));

    public static Decision Decide(CreateSpace command, Space space) =>
        space.Saw(command.Event.Claim) ? [] // another met the claim and completed it
        : space.Status is SpaceStatus.Unknown ? [command.Event]
        : Rejection.Conflict($"space {command.Event.Id.Space} is there, or was: ids are not used again");
}

public static class CreateSpaceEndpoint
{
    public static void Map(IEndpointRouteBuilder spaces) => spaces.MapPost("", Post);

    public static async Task<IResult> Post(
        int customer, Body<SpaceBody, CreateSpaceValidator> body, HttpContext http, Caller caller, IEventStore store,
        NextIdHint hint, Show show, CancellationToken ct)
    {
        while (true)
        {
            var id = new SpaceId(customer, await hint(Counted.Space, customer, ct));
            if ((await store.Fold<Space>(id.Stream, ct)).State.Status is not SpaceStatus.Unknown) continue;

            var (taken, decided) = await Create(CreateSpace.From(body.Value, id, caller), caller, store, ct);
            if (taken) return Taken(body.Value.Name.Value).ToProblem();
            if (decided is { Decision.Rejection: null })
                return await show( // where another completed the claim, it stands before the end
                    http, new Shown.Space(id), StatusCodes.Status201Created, decided.Position ?? await store.End(ct));
        }
    }

    internal static Task<(bool Taken, Decided<Space>? Decided)> Create(
        CreateSpace command, Caller caller, IEventStore store, CancellationToken ct) => store.Win<Space>(
            Bid.For(command.Event), caller.Metadata, space => CreateSpace.Decide(command, space), ct);

    internal static Rejection Taken(string name) => Rejection.Conflict($"another space has the name '{name}'");
}
