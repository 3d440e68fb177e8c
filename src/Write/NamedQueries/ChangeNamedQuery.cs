using Dlcs.Kernel.Events;
using Dlcs.Write.Bodies;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.NamedQueries;

/// <summary>Gives a named query another template. Its name stands in URLs, and stays; so does who may use it.</summary>
public sealed record ChangeNamedQuery(int Customer, Guid Id, string Template)
{
    public static Decision Decide(ChangeNamedQuery command, NamedQuery query) =>
        !query.Is(command.Id) ? Rejection.NotFound($"there is no named query {command.Id}")
        : query.Template == command.Template ? []
        : [new NamedQueryChanged(command.Customer, command.Id, command.Template)];
}

public sealed class ChangeNamedQueryValidator : AbstractValidator<NamedQueryBody>
{
    public ChangeNamedQueryValidator() => RuleFor(x => x.Template).Require(Template);

    internal static string? Template(string template) =>
        string.IsNullOrWhiteSpace(template) ? "must not be blank"
        : template.Length > 2_000 ? "must be at most 2000 characters"
        : null;
}

public static class ChangeNamedQueryEndpoint
{
    public static void Map(IEndpointRouteBuilder query) => query.MapPut("", Put);

    private static async Task<IResult> Put(
        int customer, Guid id, Body<NamedQueryBody, ChangeNamedQueryValidator> body, HttpContext http, Caller caller,
        IEventStore store, NamedQueryName ask, Show show, CancellationToken ct)
    {
        var command = new ChangeNamedQuery(customer, id, body.Value.Template.Value);
        if (await ask(customer, id, ct) is not { } name)
            return ChangeNamedQuery.Decide(command, NamedQuery.Initial).Rejection!.ToProblem();
        if (body.Value.Name.Or(name) != name)
            return Rejection.Invalid($"name must stay '{name}', or be left out").ToProblem();

        var decided = await store.Decide<NamedQuery>(
            StreamName.NamedQuery(customer, name), caller.Metadata,
            query => ChangeNamedQuery.Decide(command, query), ct);

        return decided.Decision.Rejection?.ToProblem()
            ?? await show(http, new Shown.NamedQuery(customer, id), StatusCodes.Status200OK, decided.Position);
    }
}
