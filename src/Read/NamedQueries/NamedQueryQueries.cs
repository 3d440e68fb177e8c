using System.Text.Json;
using Dlcs.Kernel.Events;
using Dlcs.Read.Api;
using Dlcs.Read.Projecting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Read.NamedQueries;

/// <summary>Named queries as the API shows them: a customer's own, and those that all may use.</summary>
public static class NamedQueryQueries
{
    private const string Usable = "(customer = $1 or number = 1)";

    public static void Map(IEndpointRouteBuilder customer)
    {
        customer.MapGet("/namedQueries", All);
        customer.MapGet("/namedQueries/{id:guid}", One);
    }

    /// <summary>The named query as a body, with that status; 404 when the customer can use none of that id.</summary>
    /// <param name="decided">What the command decided, where the view does not show it yet.</param>
    public static async Task<IResult> Show(
        int customer, Guid id, int status, ReadApi read, HttpContext http, NamedQueryView? decided = null)
    {
        if (decided is not null) return new Hydra(json => Write(json, decided, customer, read.Urls(http)), status);
        var found = await read.Views.List(
            ViewDefinitions.NamedQueries, $"{Usable} and key like $2", [customer, $"%/{id}"], "number", 0, 1,
            http.RequestAborted);
        return found is [var view]
            ? new Hydra(json => Write(json, view, customer, read.Urls(http)), status)
            : Hydra.NotFound($"there is no named query {id}");
    }

    /// <summary>The query of that name: the customer's own, else one that all may use.</summary>
    /// <param name="asOf">As it stood at that position; <c>null</c>: now.</param>
    public static async Task<NamedQueryView?> Find(
        int customer, string name, Position? asOf, Views views, CancellationToken ct) =>
        await views.List(
            ViewDefinitions.NamedQueries, $"{Usable} and label = $2", [customer, name],
            "(customer = $1) desc, customer", 0, 1, ct, asOf) is [var view] ? view : null;

    /// <summary>The name of a customer's own query; <c>null</c> when it has none of that id.</summary>
    public static async Task<string?> NameOf(int customer, Guid id, Views views, CancellationToken ct) =>
        (await views.Find(ViewDefinitions.NamedQueries, NamedQueryView.Key(customer, id), ct))?.Name;

    /// <param name="customer">Who asks. One that all may use is not its own, but can be had below its own path.</param>
    private static void Write(Utf8JsonWriter json, NamedQueryView view, int customer, Urls urls)
    {
        json.Begin(urls, "NamedQuery", urls.NamedQuery(customer, view.Id));
        json.WriteString("name", view.Name);
        json.WriteString("template", view.Template);
        json.WriteBoolean("global", view.Global);
        json.WriteEndObject();
    }

    private static async Task<IResult> All(int customer, HttpContext http, ReadApi read, CancellationToken ct)
    {
        var (paging, urls) = (Paging.OrAll(http.Request), read.Urls(http));
        var views = await read.Views.List(
            ViewDefinitions.NamedQueries, Usable, [customer], "label, customer", paging.Skip, paging.Size, ct);
        var total = await read.Views.Count(ViewDefinitions.NamedQueries, Usable, [customer], ct);
        return http.Request.Collection(
            $"{urls.Customer(customer)}/namedQueries", views, total, paging,
            (json, view) => Write(json, view, customer, urls));
    }

    private static Task<IResult> One(int customer, Guid id, HttpContext http, ReadApi read) =>
        Show(customer, id, StatusCodes.Status200OK, read, http);
}
