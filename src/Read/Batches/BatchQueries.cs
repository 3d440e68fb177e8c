using System.Globalization;
using System.Text.Json;
using Dlcs.Read.Api;
using Dlcs.Read.Images;
using Dlcs.Read.Projecting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Read.Batches;

/// <summary>Batches as the API shows them.</summary>
public static class BatchQueries
{
    public static void Map(IEndpointRouteBuilder customer)
    {
        customer.MapGet("/queue/batches", (int customer, HttpContext http, ReadApi read) =>
            List(customer, "batches", "customer = $1", http, read));
        customer.MapGet("/queue/active", (int customer, HttpContext http, ReadApi read) =>
            List(customer, "active", "customer = $1 and label = 'active'", http, read));
        customer.MapGet("/queue/recent", (int customer, HttpContext http, ReadApi read) =>
            List(customer, "recent", "customer = $1 and label = 'finished'", http, read));
        customer.MapGet("/queue/batches/{batch:int}", (int customer, int batch, HttpContext http, ReadApi read) =>
            Show(customer, batch, StatusCodes.Status200OK, read, http));
        customer.MapPost("/queue/batches/{batch:int}/test", Test);
        var one = customer.MapGroup("/queue/batches/{batch:int}");
        one.MapGet("/images", (int customer, int batch, HttpContext http, ReadApi read) =>
            Images(customer, batch, "images", ImageField.Batch, http, read));
        one.MapGet("/assets", (int customer, int batch, HttpContext http, ReadApi read) =>
            Images(customer, batch, "assets", ImageField.Batches, http, read));
    }

    /// <summary>The batch as a body, with that status; 404 when the customer has none of that id.</summary>
    /// <param name="decided">What the command decided, where the view does not show it yet.</param>
    public static async Task<IResult> Show(
        int customer, int batch, int status, ReadApi read, HttpContext http, BatchView? decided = null)
    {
        var view = await Find(customer, batch, read.Views, http.RequestAborted) ?? decided;
        return view is null
            ? Missing(customer, batch) : new Hydra(json => Write(json, view, read.Urls(http)), status);
    }

    public static void Write(Utf8JsonWriter json, BatchView view, Urls urls)
    {
        var id = urls.Batch(view.Customer, view.Id);
        json.Begin(urls, "Batch", id);
        json.Date("submitted", view.Submitted);
        json.WriteNumber("count", view.Count);
        json.WriteNumber("completed", view.Completed);
        json.Date("finished", view.Finished);
        json.WriteNumber("errors", view.Errors);
        json.WriteBoolean("superseded", view.Superseded());
        json.Links(id, "images", "assets", "test");
        json.WriteEndObject();
    }

    private static async Task<IResult> List(int customer, string name, string where, HttpContext http, ReadApi read)
    {
        var (paging, urls) = (Paging.Of(http.Request), read.Urls(http));
        var views = await read.Views.List(
            ViewDefinitions.Batches, where, [customer], "number desc", paging.Skip, paging.Size, http.RequestAborted);
        var total = await read.Views.Count(ViewDefinitions.Batches, where, [customer], http.RequestAborted);
        return http.Request.Collection(
            $"{urls.Queue(customer)}/{name}", views, total, paging, (json, view) => Write(json, view, urls));
    }

    private static async Task<IResult> Images(
        int customer, int batch, string name, ImageField field, HttpContext http, ReadApi read)
    {
        if (await Find(customer, batch, read.Views, http.RequestAborted) is null) return Missing(customer, batch);
        return await ImageQueries.Collection(
            customer, [new(field, [batch])], $"{read.Urls(http).Batch(customer, batch)}/{name}", http, read);
    }

    /// <summary>Asks whether anything had to be put right. Counts are folds, so nothing ever has.</summary>
    private static async Task<IResult> Test(int customer, int batch, HttpContext http, ReadApi read) =>
        await Find(customer, batch, read.Views, http.RequestAborted) is null ? Missing(customer, batch)
            : new Hydra(json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("success", false);
                json.WriteEndObject();
            });

    private static async Task<BatchView?> Find(int customer, int batch, Views views, CancellationToken ct) =>
        await views.Find(ViewDefinitions.Batches, BatchView.Key(batch), ct) is { } view && view.Customer == customer
            ? view : null;

    private static IResult Missing(int customer, int batch) =>
        Hydra.NotFound(string.Create(CultureInfo.InvariantCulture, $"customer {customer} has no batch {batch}"));
}
