using System.Text.Json;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Api;
using Dlcs.Read.Projecting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Read.Spaces;

/// <summary>Spaces as the API shows them.</summary>
public static class SpaceQueries
{
    private const string Alive = "customer = $1 and (doc::json->>'deleted')::boolean is not true";

    public static void Map(IEndpointRouteBuilder customer)
    {
        customer.MapGet("/spaces", All);
        customer.MapGet("/spaces/{space:int}", One);
    }

    /// <summary>The space as a body, with that status; 404 when there is none.</summary>
    /// <param name="decided">What the command decided, where the view does not show it yet.</param>
    public static async Task<IResult> Show(
        SpaceId id, int status, ReadApi read, HttpContext http, SpaceView? decided = null)
    {
        var view = await read.Views.Find(ViewDefinitions.Spaces, id.ToString(), http.RequestAborted);
        if (decided is not null) view = decided with { Images = view?.Images ?? 0 };
        return view is null or { Deleted: true }
            ? Hydra.NotFound($"there is no space {id}") : new Hydra(json => Write(json, view, read.Urls(http)), status);
    }

    /// <summary>Whether nothing is in the space, as far as the views have seen.</summary>
    public static async Task<bool> IsEmpty(SpaceId id, Views views, CancellationToken ct) =>
        await views.Find(ViewDefinitions.Spaces, id.ToString(), ct) is null or { Images: 0 };

    /// <summary>The customer's space that has that name, or had it then; <c>null</c> when there is none.</summary>
    public static async Task<int?> Named(
        int customer, string name, Position? asOf, Views views, CancellationToken ct) => await views.List(
            ViewDefinitions.SpaceNames, $"{Alive} and label = $2", [customer, name], "number", 0, 1, ct, asOf)
            is [var found] ? found.Id.Space : null;

    public static void Write(Utf8JsonWriter json, SpaceView view, Urls urls)
    {
        var id = urls.Space(view.Id);
        json.Begin(urls, "Space", id);
        json.WriteNumber("id", view.Id.Space);
        json.WriteString("name", view.Name);
        json.Date("created", view.Created);
        json.Strings("defaultTags", view.DefaultTags);
        json.Strings("defaultRoles", view.DefaultRoles.Select(r => urls.Role(view.Id.Customer, r)));
        json.WriteNumber("maxUnauthorised", view.MaxUnauthorised);
        json.WriteNumber("approximateNumberOfImages", view.Images);
        json.Links(id, "images", "storage");
        json.WriteEndObject();
    }

    private static async Task<IResult> All(int customer, HttpContext http, ReadApi read, CancellationToken ct)
    {
        var (order, noOrder) = Order(http.Request.Query);
        if (noOrder is not null) return Hydra.BadRequest(noOrder);
        var (paging, urls) = (Paging.Of(http.Request), read.Urls(http));
        var views = await read.Views.List(
            ViewDefinitions.Spaces, Alive, [customer], order!, paging.Skip, paging.Size, ct);
        var total = await read.Views.Count(ViewDefinitions.Spaces, Alive, [customer], ct);
        return http.Request.Collection(
            $"{urls.Customer(customer)}/spaces", views, total, paging, (json, view) => Write(json, view, urls));
    }

    private static Task<IResult> One(int customer, int space, HttpContext http, ReadApi read) =>
        Show(new(customer, space), StatusCodes.Status200OK, read, http);

    private static (string? Sql, string? Fault) Order(IQueryCollection query)
    {
        var descending = query["orderByDescending"].ToString();
        var name = descending is "" ? query["orderBy"].ToString() : descending;
        var column = name.ToLowerInvariant() switch
        {
            "" or "id" => "number",
            "name" => "label",
            "created" => "doc::json->>'created'",
            "approximatenumberofimages" => "(doc::json->>'images')::bigint",
            _ => null,
        };
        return column is not null ? ($"{column}{(descending is "" ? "" : " desc")}, number", null)
            : (null, $"orderBy: unknown field '{name}'; known are id, name, created, approximateNumberOfImages");
    }
}
