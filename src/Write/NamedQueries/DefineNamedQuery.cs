using Dlcs.Kernel.Events;
using Dlcs.Write.Bodies;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.NamedQueries;

/// <summary>Defines a named query. The stream is the name's, so that the name is the customer's only one.</summary>
public sealed record DefineNamedQuery(int Customer, Guid Id, string Name, string Template, bool Global)
{
    public StreamName Stream => StreamName.NamedQuery(Customer, Name);

    public static Decision Decide(DefineNamedQuery command, NamedQuery query) => query.Exists
        ? Rejection.Conflict($"there is a named query '{query.Name}' already: change it by PUT of its id, {query.Id}")
        : [new NamedQueryDefined(command.Customer, command.Id, command.Name, command.Template, command.Global)];
}

public sealed record NamedQueryBody(Given<string> Name, Given<string> Template, Given<bool> Global)
    : IBody<NamedQueryBody>
{
    public static NamedQueryBody Read(Fields fields) =>
        new(fields.Text("name"), fields.Text("template"), fields.Flag("global"));
}

public sealed class DefineNamedQueryValidator : AbstractValidator<NamedQueryBody>
{
    public DefineNamedQueryValidator()
    {
        RuleFor(x => x.Name).Require(name => Checks.Name(100)(name)
            ?? (name.IndexOfAny(['/', '?', '#', '%', '\\']) >= 0 ? "must fit into a URL: without / ? # % \\"
                : name is "." or ".." ? "must not be dots, which URLs take away" : null));
        RuleFor(x => x.Template).Require(ChangeNamedQueryValidator.Template);
    }
}

public static class DefineNamedQueryEndpoint
{
    public static void Map(IEndpointRouteBuilder queries) => queries.MapPost("", Post);

    private static async Task<IResult> Post(
        int customer, Body<NamedQueryBody, DefineNamedQueryValidator> body, HttpContext http, Caller caller,
        IEventStore store, Show show, CancellationToken ct)
    {
        var (name, template, global) = (body.Value.Name.Value, body.Value.Template.Value, body.Value.Global.Or(false));
        if (global && !caller.Administrator)
            return Rejection.Forbidden("only an administrator defines global queries").ToProblem();

        var command = new DefineNamedQuery(customer, caller.Metadata.Command, name, template, global);
        var decided = await store.Decide<NamedQuery>(
            command.Stream, caller.Metadata, query => DefineNamedQuery.Decide(command, query), ct);

        return decided.Decision.Rejection?.ToProblem() ?? await show(
            http, new Shown.NamedQuery(customer, command.Id), StatusCodes.Status201Created, decided.Position);
    }
}
