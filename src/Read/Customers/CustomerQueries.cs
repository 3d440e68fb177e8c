using System.Globalization;
using System.Text.Json;
using Dlcs.Read.Api;
using Dlcs.Read.Projecting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Read.Customers;

/// <summary>The entry point, customers, and their keys.</summary>
public static class CustomerQueries
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/", EntryPoint).AllowAnonymous();
        api.MapGet("/customers", All).AllowAnonymous();
        api.MapGet("/customers/{customer:int}", One);
        api.MapGet("/customers/{customer:int}/keys", Keys);
    }

    /// <summary>The customer as a body, with that status; 404 when there is none.</summary>
    /// <param name="decided">What the command decided, where the view does not show it yet.</param>
    public static async Task<IResult> Show(
        int customer, int status, ReadApi read, HttpContext http, CustomerView? decided = null)
    {
        var view = decided
            ?? await read.Views.Find(ViewDefinitions.Customers, CustomerView.Key(customer), http.RequestAborted);
        return view is null
            ? Hydra.NotFound(string.Create(CultureInfo.InvariantCulture, $"there is no customer {customer}"))
            : new Hydra(json => Write(json, view, read.Urls(http)), status);
    }

    public static void Write(Utf8JsonWriter json, CustomerView view, Urls urls)
    {
        var id = urls.Customer(view.Id);
        json.Begin(urls, "Customer", id);
        json.WriteString("name", view.Name);
        json.WriteString("displayName", view.DisplayName);
        json.Date("created", view.Created);
        if (view.Administrator) json.WriteBoolean("administrator", true);
        json.Links(id, "spaces", "allImages", "namedQueries", "queue", "keys");
        json.WriteEndObject();
    }

    private static Hydra EntryPoint(HttpContext http, ReadApi read)
    {
        var urls = read.Urls(http);
        return new(json =>
        {
            json.Begin(urls, "EntryPoint", urls.Api);
            json.Links(urls.Api, "customers", "queue");
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> All(HttpContext http, ReadApi read, CancellationToken ct)
    {
        var (paging, urls) = (Paging.OrAll(http.Request), read.Urls(http));
        var views = await read.Views.List(
            ViewDefinitions.Customers, "true", [], "number", paging.Skip, paging.Size, ct);
        var total = await read.Views.Count(ViewDefinitions.Customers, "true", [], ct);
        return http.Request.Collection($"{urls.Api}/customers", views, total, paging, (json, view) =>
        {
            json.WriteStartObject(); // names are nobody's business but the customer's
            json.WriteString("@id", urls.Customer(view.Id));
            json.WriteString("@type", "vocab:Customer");
            json.WriteEndObject();
        });
    }

    private static Task<IResult> One(int customer, HttpContext http, ReadApi read) =>
        Show(customer, StatusCodes.Status200OK, read, http);

    private static async Task<IResult> Keys(int customer, HttpContext http, ReadApi read)
    {
        var view = await read.Views.Find(ViewDefinitions.Customers, CustomerView.Key(customer), http.RequestAborted);
        if (view is null) return await Show(customer, StatusCodes.Status200OK, read, http);
        var (paging, urls) = (Paging.OrAll(http.Request), read.Urls(http));
        var page = view.KeyIds.Skip(paging.Skip).Take(paging.Size).ToList();
        var id = $"{urls.Customer(customer)}/keys";
        return http.Request.Collection(id, page, view.KeyIds.Count, paging, (json, key) =>
        {
            json.Begin(urls, "Key", urls.Key(customer, key));
            json.WriteString("key", key);
            json.WriteEndObject();
        });
    }
}
