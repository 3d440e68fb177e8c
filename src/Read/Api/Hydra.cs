using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Read.Api;

/// <summary>A JSON-LD body with Hydra's terms, as DLCS clients read them: indented, absent values left out.</summary>
/// <param name="write">Writes one JSON value.</param>
public sealed class Hydra(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK) : IResult
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Pages are larger than what the collector moves: held in arrays of their own, a hundred of them would make it go
    /// through the whole heap.
    /// </summary>
    private static readonly PipeOptions Pooled = new(pauseWriterThreshold: 0, minimumSegmentSize: 32 * 1024);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new Pipe(Pooled);
        try
        {
            var length = Write(body.Writer);
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = WantsLinkedData(httpContext.Request)
                ? "application/ld+json" : "application/json; charset=utf-8";
            response.ContentLength = length;
            await body.Reader.CopyToAsync(response.Body, httpContext.RequestAborted);
        }
        finally
        {
            await body.Reader.CompleteAsync();
        }
    }

    /// <summary>All of it before anything is sent: what fails here can still be refused.</summary>
    private long Write(PipeWriter body)
    {
        using var json = new Utf8JsonWriter(body, Options);
        write(json);
        json.Flush();
        body.Complete();
        return json.BytesCommitted;
    }

    /// <summary>A refusal; Host makes Hydra's error of it.</summary>
    public static IResult NotFound(string what) =>
        Results.Problem(what, statusCode: StatusCodes.Status404NotFound, title: "Not found");

    public static IResult BadRequest(string why) =>
        Results.Problem(why, statusCode: StatusCodes.Status400BadRequest, title: "Bad request: Validation failed");

    private static bool WantsLinkedData(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("application/ld+json", StringComparison.OrdinalIgnoreCase);
}

public static class HydraWriting
{
    extension(Utf8JsonWriter json)
    {
        /// <summary>Begins a resource: context, id, type.</summary>
        public void Begin(Urls urls, string type, string id)
        {
            json.WriteStartObject();
            json.WriteString("@context", $"{urls.Api}/contexts/{type}.jsonld");
            json.WriteString("@id", id);
            json.WriteString("@type", $"vocab:{type}");
        }

        /// <summary>ISO 8601 with seven decimals, UTC; nothing when absent.</summary>
        public void Date(string name, DateTimeOffset? at)
        {
            if (at is { } time) json.WriteString(name, Text(time));
        }

        public void Strings(string name, IEnumerable<string> values)
        {
            json.WriteStartArray(name);
            foreach (var value in values) json.WriteStringValue(value);
            json.WriteEndArray();
        }

        /// <summary>Links below a resource: <c>{id}/{name}</c>.</summary>
        public void Links(string id, params ReadOnlySpan<string> names)
        {
            foreach (var name in names) json.WriteString(name, $"{id}/{name}");
        }
    }

    /// <summary>A time as every body has it.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
