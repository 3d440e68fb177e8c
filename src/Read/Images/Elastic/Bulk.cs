using System.Diagnostics;
using System.Net;
using Dlcs.Read.Projecting;

namespace Dlcs.Read.Images.Elastic;

/// <summary>
/// Sends bulk requests until each item is in the index. What the engine has no room for is sent again, item by item,
/// ever more slowly. That an item is there already, or a later one, is as good.
/// </summary>
internal static class Bulk
{
    private const string Path = "/_bulk?require_alias=true&filter_path=errors,items.*.status,items.*.error";
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>To be too busy for a moment is normal, and worth no line.</summary>
    private static readonly TimeSpan Normal = TimeSpan.FromSeconds(1);

    /// <exception cref="IndexUnavailableException">The engine did not take it in time.</exception>
    /// <exception cref="ViewStoppedException">The index is lost, or will never take one of the documents.</exception>
    /// <param name="waits">Also while the engine is away.</param>
    public static async Task Send(this ElasticClient client, BulkRequest request, bool waits, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        for (var pause = Least; request.Items > 0; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            string why;
            try
            {
                (var left, why) = Left(await Once(client, request, ct), request);
                if (left is []) return;
                if (left.Count < request.Items) pause = Least; // it gets on
                request = request.Only(left);
            }
            catch (ElasticException e) when (MayPass((int)e.Status, e.Type))
            {
                why = e.Message;
            }
            catch (ElasticException e) when (e.Status is HttpStatusCode.RequestEntityTooLarge && request.Items > 1)
            {
                var half = request.Items / 2;
                await client.Send(request.Only([.. Enumerable.Range(0, half)]), waits, ct);
                request = request.Only([.. Enumerable.Range(half, request.Items - half)]);
                continue;
            }
            catch (ElasticException e) when (e.Status is HttpStatusCode.RequestEntityTooLarge)
            {
                throw new IndexUnavailableException(
                    $"{client.Settings} takes no request of {request.Bytes} bytes, which {request.Id(0)} needs: raise "
                    + "the limit of the engine, or of what stands before it", e);
            }
            catch (IndexUnavailableException e)
            {
                client.Ailment.Meets(e.Message);
                if (!waits) throw;
                why = e.Message;
            }
            var sentence = $"{client.Settings} takes no more documents: {why}";
            if (Stopwatch.GetElapsedTime(began) > Normal) client.Ailment.Meets(sentence);
            if (Stopwatch.GetElapsedTime(began) > client.Settings.BulkTime)
                throw new IndexUnavailableException(sentence);
            await Task.Delay(ElasticClient.Jittered(pause), ct);
        }
    }

    /// <summary>A shard that fails, a disk that is full: no fault of the document's.</summary>
    private static bool MayPass(int status, string type) =>
        ElasticException.IsPassing(status) || status >= 500 || type is ElasticException.Block;

    private static async Task<BulkAnswer> Once(ElasticClient client, BulkRequest request, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(client.Settings.BulkTime);
        try
        {
            var lines = ElasticClient.Content(request.Lines, "application/x-ndjson");
            return await client.Once(
                HttpMethod.Post, request.Index + Path, lines, ElasticJson.Default.BulkAnswer, patience.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new IndexUnavailableException($"{client.Settings} did not take documents in time", e);
        }
    }

    /// <summary>The items that are to be sent again, and why the first of them is.</summary>
    private static (List<int> Left, string Why) Left(BulkAnswer answer, BulkRequest request)
    {
        if (answer is { Errors: false }) return ([], "");
        if (answer.Items?.Count != request.Items)
            return ([.. Enumerable.Range(0, request.Items)], "it does not say what became of each document");

        var (left, why) = (new List<int>(), "");
        for (var i = 0; i < request.Items; i++)
        {
            var result = answer.Items[i].Index;
            var status = result?.Status ?? 503;
            if (status is >= 200 and < 300 or 409) continue;
            var (type, reason) = (result?.Error?.Type ?? "", result?.Error?.Reason ?? "no reason was given");
            if (ElasticException.IsNoIndex(type))
                throw new ViewStoppedException($"its index is lost ({reason})");
            if (status is 401 or 403 && type is not ElasticException.Block) reason = ElasticClient.RefusesCredentials;
            else if (!MayPass(status, type))
                throw new ViewStoppedException($"the index refuses {request.Id(i)} ({status} {type}: {reason})");
            if (left is []) why = $"{type}: {reason}";
            left.Add(i);
        }
        return (left, why);
    }
}
