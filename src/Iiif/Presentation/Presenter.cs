using System.Buffers;
using System.Text.Json;
using Dlcs.Iiif.ImageApi;
using Dlcs.Iiif.ImageApi.Serving;
using Dlcs.Read.Images;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.Presentation;

/// <summary>Turns what was selected into an answer.</summary>
internal sealed class Presenter(IImageIndex index, Lookups lookups, IiifSettings settings) : IDisposable
{
    private static readonly Refusal NothingToShow =
        new(404, "None of these images has a channel that a manifest can show.");

    /// <summary>What is selected is held in memory: a crowd that asks for everything waits outside.</summary>
    private readonly Turns turns = new(2 * settings.Parallelism, settings);

    /// <summary>A manifest of the images that are selected in this way.</summary>
    public Task Manifest(HttpContext http, Select select) => Answer(http, select, (ask, images) =>
    {
        Visible[] shown = [.. images.Views.Select(v => Visible.Of(v, settings)).OfType<Visible>()];
        if (shown is []) return Headers.Refuse(http, NothingToShow);

        var form = Representation.Of(http.Request, ask.Version);
        var addresses = lookups.Addresses(http.Request);
        var id = addresses.Public + ask.Path + (ask.AsOf is { } past ? $"?asOf={past.Text}" : "");
        var manifest = new Manifest(id, images.Query, shown, addresses, settings, ask.AsOf);
        http.Response.Headers.Vary = "Accept, Accept-Encoding";
        http.Response.Headers.Link = form.Negotiated.ContextLink;
        return Sending.Send(http, Tag.Of(manifest, form), form.Negotiated.ContentType, form.Coding, pipe =>
            form.Negotiated.Version is ApiVersion.V2
                ? Manifest2.Write(manifest, pipe, http.RequestAborted)
                : Manifest3.Write(manifest, pipe, http.RequestAborted));
    });

    /// <summary>Their ids alone, as a JSON array of strings, in the query's order.</summary>
    public Task Ids(HttpContext http, Select select) => Answer(http, select, (_, images) =>
    {
        string[] ids = [.. images.Views.Select(v => v.Id.ToString())];
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Json.Options))
        {
            json.WriteStartArray();
            foreach (var id in ids) json.WriteStringValue(id);
            json.WriteEndArray();
        }
        return Sending.Send(http, Tag.Of(ids), "application/json", body.WrittenMemory);
    });

    public void Dispose() => turns.Dispose();

    private async Task Answer(HttpContext http, Select select, Func<Ask, Selected.Images, Task> answer)
    {
        AnyOrigin.Allow(http.Response);
        if (!Methods.Reads(http.Request))
        {
            await Methods.Answer(http);
            return;
        }

        var (ask, refusal) = Ask.Of(http.Request);
        var selected = ask is null
            ? refusal! : await turns.Take(ct => select(ask, index, lookups, ct), http.RequestAborted);
        await (selected switch
        {
            (_, { } refused) => Headers.Refuse(http, refused),
            (Selected.Refused refused, _) => Headers.Refuse(http, refused.Refusal),
            (Selected.Images images, _) => answer(ask!, images),
            _ => throw new InvalidOperationException($"{selected.Value?.GetType()} is no kind of answer"),
        });
    }
}
