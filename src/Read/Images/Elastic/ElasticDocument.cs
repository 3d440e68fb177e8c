using System.Globalization;
using System.Text.Json;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images.Searching;
using Dlcs.Read.Projecting;

namespace Dlcs.Read.Images.Elastic;

/// <summary>
/// An image as one item of a bulk request: an action and a source. Its version is the position of the log that made it
/// so, so that it can be written twice, and too late, without harm.
/// </summary>
internal static class ElasticDocument
{
    /// <summary>The document that says how far an index was fed. No image has such an id.</summary>
    public const string Fed = "~fed";

    private static readonly byte[] Line = "\n"u8.ToArray();

    /// <summary>As it is now; when it was removed, a mark that outlives every older write.</summary>
    public static void WriteNow(BulkRequest to, Utf8JsonWriter json, Document<ImageView> document)
    {
        Action(to, json, document.Key, document.From, "external");
        json.WriteStartObject();
        json.WriteString("key"u8, document.Key);
        json.WriteNumber("from_pos"u8, document.From.Value);
        json.WriteNumber("from_at"u8, document.At.UtcTicks);
        if (document.View is { } view) Fields(json, view, document.Json!);
        json.WriteEndObject();
        End(to, json);
    }

    /// <summary>As it was, until something else took its place.</summary>
    public static void WriteWas(BulkRequest to, Utf8JsonWriter json, Closed<ImageView> closed)
    {
        var (document, until, untilAt) = closed;
        Action(to, json, $"{document.Key}@{document.From.Value}", until, "external");
        json.WriteStartObject();
        json.WriteString("key"u8, document.Key);
        json.WriteNumber("from_pos"u8, document.From.Value);
        json.WriteNumber("from_at"u8, document.At.UtcTicks);
        json.WriteNumber("to_pos"u8, until.Value);
        json.WriteNumber("to_at"u8, untilAt.UtcTicks);
        Fields(json, document.View!, document.Json!);
        json.WriteEndObject();
        End(to, json);
    }

    /// <summary>How far the index was fed, and by which event the log is known again.</summary>
    public static void WriteFed(BulkRequest to, Utf8JsonWriter json, Checkpoint through)
    {
        if (through.Position == Position.Start) return;
        Action(to, json, Fed, through.Position, "external_gte");
        json.WriteStartObject();
        if (through.Last is { } last) json.WriteString("key"u8, last);
        json.WriteEndObject();
        End(to, json);
    }

    private static void Action(BulkRequest to, Utf8JsonWriter json, string id, Position version, string kind)
    {
        to.Begin(id);
        json.WriteStartObject();
        json.WriteStartObject("index"u8);
        json.WriteString("_id"u8, id);
        json.WriteNumber("version"u8, version.Value);
        json.WriteString("version_type"u8, kind);
        json.WriteEndObject();
        json.WriteEndObject();
        End(to, json);
    }

    private static void End(BulkRequest to, Utf8JsonWriter json)
    {
        json.Flush();
        json.Reset();
        to.Write(Line);
    }

    private static void Fields(Utf8JsonWriter json, ImageView view, byte[] doc)
    {
        json.WriteString("customer"u8, Id(view.Id.Customer));
        foreach (var field in EncodedField.All) field.Write(json, view);
        json.WriteBoolean("ready"u8, view.Ready is not null);
        json.WriteString("words"u8, ImageWords.Line(view));
        json.WriteString("doc"u8, doc); // as a text: the engine need not look into it to get past it
    }

    /// <summary>A customer is only ever compared, never counted with.</summary>
    public static string Id(int customer) => customer.ToString(CultureInfo.InvariantCulture);
}
