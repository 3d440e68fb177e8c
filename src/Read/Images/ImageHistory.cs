using System.Buffers;
using System.Text.Json;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Api;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Read.Images;

/// <summary>Every event of an image: who, when, and what was before and after. Read from the log itself.</summary>
public static class ImageHistory
{
    public static async Task<IResult> Show(HttpContext http, ReadApi read, IEventStore log)
    {
        var (id, urls, paging) = (SentPath.Image(http), read.Urls(http), Paging.Of(http.Request));
        var steps = new List<Step>();
        ImageView? view = null;
        await foreach (var recorded in log.Read(id.Stream, http.RequestAborted))
        {
            var after = recorded.Event is UnknownEvent ? view : ImageView.Evolve(id.ToString(), view, recorded);
            steps.Add(new(recorded, view, after));
            view = after;
        }
        if (steps is []) return Hydra.NotFound($"there is no image {id}, and there never was");

        var page = steps.Skip(paging.Skip).Take(paging.Size).ToList();
        return http.Request.Collection(
            $"{urls.Image(id)}/history", page, steps.Count, paging, (json, step) => Write(json, step, urls));
    }

    private static void Write(Utf8JsonWriter json, Step step, Urls urls)
    {
        var (recorded, before, after) = step;
        json.WriteStartObject();
        json.WriteString("@type", "vocab:Event");
        json.WriteString("id", recorded.Id);
        json.WriteNumber("revision", recorded.Revision);
        json.WriteString("type", Name(recorded.Event));
        json.Date("at", recorded.Metadata.At);
        if (recorded.Metadata.By is { } by) json.WriteString("by", by);
        json.WriteString("correlationId", recorded.Metadata.Correlation);
        if (recorded.Metadata.Causation is { } cause) json.WriteString("causationId", cause);
        json.WriteStartArray("changes");
        foreach (var (field, was, now) in Changes(before, after, urls)) Write(json, field, was, now);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string field, string? was, string? now)
    {
        json.WriteStartObject();
        json.WriteString("field", field);
        Raw("before", was);
        Raw("after", now);
        json.WriteEndObject();

        void Raw(string name, string? value)
        {
            if (value is null) return;
            json.WritePropertyName(name);
            json.WriteRawValue(value);
        }
    }

    private static IEnumerable<(string Field, string? Before, string? After)> Changes(
        ImageView? before, ImageView? after, Urls urls) =>
        from field in ImageJson.Fields
        let was = Value(field, before, urls)
        let now = Value(field, after, urls)
        where was != now
        select (field.Name, was, now);

    /// <summary>The field's value as JSON; <c>null</c> when there is none.</summary>
    private static string? Value(ImageJson.Field field, ImageView? view, Urls urls)
    {
        if (view is null) return null;
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            field.Write(json, view, urls);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.TryGetProperty(field.Name, out var value) ? value.GetRawText() : null;
    }

    private static string Name(IEvent e) => e switch
    {
        UnknownEvent unknown => unknown.Type,
        RedactedEvent redacted => redacted.Type,
        _ => EventTypes.Of(e).Name,
    };

    private sealed record Step(Recorded Recorded, ImageView? Before, ImageView? After);
}
