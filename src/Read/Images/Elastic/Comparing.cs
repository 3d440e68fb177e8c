using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dlcs.Kernel;

namespace Dlcs.Read.Images.Elastic;

/// <summary>Compares the documents of two generations, key by key.</summary>
internal sealed class Comparing(ElasticClient client)
{
    private const int PageSize = 1_000;
    private static readonly JsonTypeInfo<SearchAnswer<StoredImage>> Stored =
        ElasticJson.Default.SearchAnswerStoredImage;

    /// <summary>Keys whose documents differ, at most so many.</summary>
    public async Task<IReadOnlyList<string>> Differences(
        IndexNames one, IndexNames other, int atMost, CancellationToken ct)
    {
        var differ = new List<string>();
        await using var a = All(one, ct).GetAsyncEnumerator(ct);
        await using var b = All(other, ct).GetAsyncEnumerator(ct);
        var (inA, inB) = (await a.MoveNextAsync(), await b.MoveNextAsync());
        while ((inA || inB) && differ.Count < atMost)
        {
            var order = !inA ? 1 : !inB ? -1 : Compare(a.Current.Key!, b.Current.Key!);
            if (order is not 0 || !a.Current.Doc.AsSpan().SequenceEqual(b.Current.Doc))
                differ.Add(order > 0 ? b.Current.Key! : a.Current.Key!);
            if (order <= 0) inA = await a.MoveNextAsync();
            if (order >= 0) inB = await b.MoveNextAsync();
        }
        return differ;
    }

    /// <summary>As the engine orders them.</summary>
    private static int Compare(string x, string y)
    {
        var (a, b) = (ImageId.Parse(x, null), ImageId.Parse(y, null));
        var customers = CodePoints.Order.Compare(ElasticDocument.Id(a.Customer), ElasticDocument.Id(b.Customer));
        return customers is not 0 ? customers
            : a.Space.Space.CompareTo(b.Space.Space) is not 0 and var space ? space
            : CodePoints.Order.Compare(a.Name, b.Name);
    }

    private async IAsyncEnumerable<StoredImage> All(
        IndexNames names, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var pit = await PointInTime.Open(client, names.Now, ct);
        IReadOnlyList<JsonElement>? after = null;
        while (true)
        {
            var page = await client.Search(pit, json => Page(json, after), Stored, ct);
            pit.Become(page.PitId);
            foreach (var hit in page.Found) yield return hit.Source!;
            if (page.Found.Count < PageSize) yield break;
            after = page.Found[^1].Sort;
        }
    }

    private static void Page(Utf8JsonWriter json, IReadOnlyList<JsonElement>? after)
    {
        json.WriteNumber("size", PageSize);
        json.WriteStartObject("query");
        Filter.All(json, filters => Filter.Exists(filters, "customer")); // not what was removed
        json.WriteEndObject();
        json.WriteStartArray("sort");
        foreach (var part in (string[])["customer", "space", "name"]) json.WriteStringValue(part);
        json.WriteEndArray();
        if (after is null) return;
        json.WriteStartArray("search_after");
        foreach (var value in after) value.WriteTo(json);
        json.WriteEndArray();
    }
}
