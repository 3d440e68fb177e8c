using Dlcs.Kernel.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.NamedQueries;

/// <summary>Removes a named query; its name is free again.</summary>
public sealed record RemoveNamedQuery(int Customer, Guid Id)
{
    public static Decision Decide(RemoveNamedQuery command, NamedQuery query) => query.Is(command.Id)
        ? [new NamedQueryRemoved(command.Customer, command.Id)]
        : Rejection.NotFound($"there is no named query {command.Id}");
}

public static class RemoveNamedQueryEndpoint
{
    public static void Map(IEndpointRouteBuilder query) => query.MapDelete("", Delete);

    private static async Task<IResult> Delete(
        int customer, Guid id, HttpContext http, Caller caller, IEventStore store, NamedQueryName ask, Show show,
        CancellationToken ct)
    {
        var command = new RemoveNamedQuery(customer, id);
        if (await ask(customer, id, ct) is not { } name)
            return RemoveNamedQuery.Decide(command, NamedQuery.Initial).Rejection!.ToProblem();

        var decided = await store.Decide<NamedQuery>(
            StreamName.NamedQuery(customer, name), caller.Metadata,
            query => RemoveNamedQuery.Decide(command, query), ct);

        return decided.Decision.Rejection?.ToProblem()
            ?? await show(http, new Shown.Nothing(), StatusCodes.Status204NoContent, decided.Position);
    }
}
