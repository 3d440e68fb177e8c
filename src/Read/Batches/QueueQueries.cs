using Dlcs.Read.Api;
using Dlcs.Read.Customers;
using Dlcs.Read.Projecting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Read.Batches;

/// <summary>What waits, as the API shows it.</summary>
public static class QueueQueries
{
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder customer)
    {
        api.MapGet("/queue", Summary).AllowAnonymous();
        customer.MapGet("/queue", (int customer, HttpContext http, ReadApi read) => Of(customer, false, http, read));
        customer.MapGet(
            "/queue/priority", (int customer, HttpContext http, ReadApi read) => Of(customer, true, http, read));
    }

    /// <summary>How many images of all customers wait to be processed, as far as the views have seen.</summary>
    public static async Task<long> Waiting(ReadStore store, CancellationToken ct) =>
        await new Views(store).Find(ViewDefinitions.Queues, QueueView.Everyone, ct) is { } queue
            ? queue.Normal + queue.Priority : 0;

    private static async Task<IResult> Summary(HttpContext http, ReadApi read, CancellationToken ct)
    {
        var urls = read.Urls(http);
        var queue = await read.Views.Find(ViewDefinitions.Queues, QueueView.Everyone, ct);
        return new Hydra(json =>
        {
            json.Begin(urls, "QueueSummary", $"{urls.Api}/queue");
            json.WriteNumber("incoming", queue?.Normal ?? 0);
            json.WriteNumber("priority", queue?.Priority ?? 0);
            foreach (var none in (ReadOnlySpan<string>)["timebased", "transcodeComplete", "file", "failed", "success"])
                json.WriteNumber(none, 0);
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> Of(int customer, bool priority, HttpContext http, ReadApi read)
    {
        var urls = read.Urls(http);
        var queue = await read.Views.Find(ViewDefinitions.Queues, CustomerView.Key(customer), http.RequestAborted)
            ?? QueueView.Empty;
        var id = priority ? $"{urls.Queue(customer)}/priority" : urls.Queue(customer);
        return new Hydra(json =>
        {
            json.Begin(urls, "CustomerQueue", id);
            json.WriteNumber("size", priority ? queue.Priority : queue.Normal + queue.Priority);
            json.WriteNumber("batchesWaiting", queue.Batches.Count);
            json.WriteNumber("imagesWaiting", queue.Batches.Values.Sum());
            json.Links(urls.Queue(customer), "batches", "active", "recent", "priority");
            json.WriteEndObject();
        });
    }
}
