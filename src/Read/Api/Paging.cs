using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Read.Api;

/// <summary>Which page of a collection; 1 is the first.</summary>
public sealed record Paging(int Page, int Size)
{
    public const int Default = 100;
    public const int Largest = 500;

    /// <summary>How many members stand before the page; no collection is longer than an int.</summary>
    public int Skip => (int)Math.Min((long)(Page - 1) * Size, int.MaxValue);

    /// <summary>There are no pages.</summary>
    public bool IsAll => Size is int.MaxValue;

    /// <summary>What makes no sense is the default, as DLCS clients expect.</summary>
    public static Paging Of(HttpRequest request) =>
        new(
            Math.Max(1, Number(request, "page") ?? 1),
            Number(request, "pageSize") is { } n and > 0 and <= Largest ? n : Default);

    /// <summary>All that there is, unless the request asks for a page of it.</summary>
    public static Paging OrAll(HttpRequest request) =>
        request.Query.ContainsKey("page") || request.Query.ContainsKey("pageSize") ? Of(request) : new(1, int.MaxValue);

    private static int? Number(HttpRequest request, string name) =>
        int.TryParse(request.Query[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? n : null;
}

public static class Collections
{
    private static readonly string[] Own = ["page", "pageSize", "after"];

    /// <summary>A Hydra collection; its links keep every other parameter of the request: filter, order.</summary>
    /// <param name="after">
    /// Where the next page begins, for those who page through cursors: empty when there is none, however many members
    /// there are by now.
    /// </param>
    /// <param name="more">Writes what the collection has beside its members.</param>
    public static IResult Collection<T>(
        this HttpRequest request, string id, IReadOnlyList<T> members, long total, Paging paging,
        Action<Utf8JsonWriter, T> write, string? after = null, Action<Utf8JsonWriter>? more = null) => new Hydra(json =>
    {
        json.WriteStartObject();
        json.WriteString("@context", "http://www.w3.org/ns/hydra/context.jsonld");
        json.WriteString("@id", id);
        json.WriteString("@type", "Collection");
        json.WriteNumber("totalItems", total);
        json.WriteNumber("pageSize", paging.IsAll ? members.Count : paging.Size);
        json.WriteStartArray("member");
        foreach (var member in members) write(json, member);
        json.WriteEndArray();
        more?.Invoke(json);
        if (total > members.Count && !paging.IsAll) View(json, request, id, total, paging, after);
        json.WriteEndObject();
    });

    private static void View(
        Utf8JsonWriter json, HttpRequest request, string id, long total, Paging paging, string? after)
    {
        var pages = (total + paging.Size - 1) / paging.Size;
        var kept = string.Concat(request.Query
            .Where(q => !Own.Contains(q.Key, StringComparer.OrdinalIgnoreCase))
            .SelectMany(q => q.Value.Select(v => $"&{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(v ?? "")}")));

        json.WriteStartObject("view");
        json.WriteString("@id", Link(paging.Page));
        json.WriteString("@type", "PartialCollectionView");
        if (paging.Page > 1)
        {
            json.WriteString("first", Link(1));
            json.WriteString("previous", Link(Math.Min(paging.Page - 1, pages)));
        }
        if (after is null ? paging.Page < pages : after is not "")
            json.WriteString("next", Link(paging.Page + 1) + (after is null ? "" : $"&after={after}"));
        if (paging.Page < pages) json.WriteString("last", Link(pages));
        json.WriteNumber("page", paging.Page);
        json.WriteNumber("pageSize", paging.Size);
        json.WriteNumber("totalPages", pages);
        json.WriteEndObject();

        string Link(long page) => FormattableString.Invariant($"{id}?page={page}&pageSize={paging.Size}{kept}");
    }
}
