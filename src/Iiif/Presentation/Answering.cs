using System.Text.Json;
using Dlcs.Read.Images;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.Presentation;

/// <summary>Turns what was selected into an answer.</summary>
internal static class Answering
{
    /// <summary>A manifest of the images that are selected in this way.</summary>
    public static Task Manifest(HttpContext context, IImageIndex index, Lookups lookups, Select select) =>
        Answer(context, index, lookups, select, (ask, images) =>
        {
            Visible[] shown = [.. images.Views.Select(Visible.Of).OfType<Visible>()];
            if (shown is []) return context.Refuse(404, "None of these images has a channel that a manifest can show.");

            var form = Representation.Of(context.Request, ask.Version);
            var addresses = lookups.Addresses(context.Request);
            var id = addresses.Public + ask.Path + (ask.AsOf is { } past ? $"?asOf={past.Text}" : "");
            var manifest = new Manifest(id, images.Query, shown, addresses, ask.AsOf);
            context.Response.Headers.Vary = "Accept, Accept-Encoding";
            return context.Send(Tag.Of(manifest, form), form.ContentType, form.Coding, pipe =>
                form.Version is PresentationVersion.V2
                    ? Manifest2.Write(manifest, pipe, context.RequestAborted)
                    : Manifest3.Write(manifest, pipe, context.RequestAborted));
        });

    /// <summary>Their ids alone, as a JSON array of strings, in the query's order.</summary>
    public static Task Ids(HttpContext context, IImageIndex index, Lookups lookups, Select select) =>
        Answer(context, index, lookups, select, (_, images) =>
        {
            string[] ids = [.. images.Views.Select(v => v.Id.ToString())];
            return context.Send(Tag.Of(ids), "application/json", coding: null, async pipe =>
            {
                await using var json = new Utf8JsonWriter(pipe, Json.Options);
                json.WriteStartArray();
                foreach (var id in ids) json.WriteStringValue(id);
                json.WriteEndArray();
            });
        });

    private static async Task Answer(
        HttpContext context, IImageIndex index, Lookups lookups, Select select, Func<Ask, Selected.Images, Task> answer)
    {
        var (ask, fault) = Ask.Of(context.Request);
        if (ask is null)
        {
            await context.Refuse(400, fault!);
            return;
        }
        await (await select(ask, index, lookups, context.RequestAborted) switch
        {
            Selected.Images images => answer(ask, images),
            Selected.Refused refused => context.Refuse(refused.Status, refused.Sentence),
            var other => throw new InvalidOperationException($"{other.GetType()} is no kind of answer"),
        });
    }
}
