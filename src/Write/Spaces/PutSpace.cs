using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write.Bodies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Spaces;

/// <summary>
/// A space under an id that the caller chooses: created when there is none, otherwise changed in what is named, as by
/// PATCH: defaults that protect images are not lost to a client that knows only names.
/// </summary>
public static class PutSpaceEndpoint
{
    public static void Map(IEndpointRouteBuilder space) => space.MapPut("", Put);

    public static async Task<IResult> Put(
        int customer, int space, Body<SpaceBody, ChangeSpaceValidator> body, HttpContext http, Caller caller,
        IEventStore store, Show show, CancellationToken ct)
    {
        var id = new SpaceId(customer, space);
        if (await IsThere(id, store, ct)) return await Change();
        if (body.Value.Fault(id) is { } other) return Rejection.Invalid(other).ToProblem();
        if (!body.Value.Name.HasValue)
            return Rejection.Invalid($"name is missing: space {space} is not there yet, and needs one").ToProblem();

        var (taken, decided) = await CreateSpaceEndpoint.Create(
            CreateSpace.From(body.Value, id, caller), caller, store, ct);

        if (decided is { Decision.Rejection: null })
            return await show( // where another completed the claim, it stands before the end
                http, new Shown.Space(id), StatusCodes.Status201Created, decided.Position ?? await store.End(ct));
        if (await IsThere(id, store, ct)) return await Change(); // another came first
        return (taken ? CreateSpaceEndpoint.Taken(body.Value.Name.Value) : decided!.Decision.Rejection!).ToProblem();

        Task<IResult> Change() => ChangeSpaceEndpoint.Change(
            new(id, caller.Metadata.Command, body.Value, caller.Api), http, caller, store, show, ct);
    }

    private static async Task<bool> IsThere(SpaceId id, IEventStore store, CancellationToken ct) =>
        (await store.Fold<Space>(id.Stream, ct)).State.Exists;
}
