using System.IO.Pipelines;
using System.Text.Json;
using Dlcs.Iiif.ImageApi;

namespace Dlcs.Iiif.Presentation;

/// <summary>Writes a manifest as https://iiif.io/api/presentation/2.1/ has it.</summary>
internal static class Manifest2
{
    /// <summary>Sends as it goes, as <see cref="Manifest3.Write"/> does.</summary>
    public static async Task Write(Manifest manifest, PipeWriter pipe, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(pipe, Json.Options);
        json.WriteStartObject();
        json.WriteString("@context"u8, PresentationVersions.Context(ApiVersion.V2));
        json.WriteString("@id"u8, manifest.Id);
        json.WriteString("@type"u8, "sc:Manifest"u8);
        json.WriteString("label"u8, manifest.Label);
        json.WriteMetadata([Manifest.Title]);
        if (manifest.Images.FirstOrDefault(i => i.Thumbnail is not null) is { } shown)
            json.WriteThumbnail(manifest, shown);

        json.WriteStartArray("sequences"u8);
        json.WriteStartObject();
        json.WriteString("@id"u8, $"{manifest.Addresses.Public}/iiif-query/sequence/0");
        json.WriteString("@type"u8, "sc:Sequence"u8);
        json.WriteString("label"u8, "Sequence 0"u8);
        json.WriteStartArray("canvases"u8);
        for (var i = 0; i < manifest.Images.Count; i++)
        {
            json.WriteCanvas(manifest, manifest.Images[i], i + 1);
            await json.Send(pipe, i, ct);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(ct);
    }

    extension(Utf8JsonWriter json)
    {
        private void WriteCanvas(Manifest manifest, Visible image, int number)
        {
            var id = manifest.CanvasUrl(image, number);
            json.WriteStartObject();
            json.WriteString("@id"u8, id);
            json.WriteString("@type"u8, "sc:Canvas"u8);
            json.WriteString("label"u8, $"Canvas {number}");
            json.WriteSize(image.Canvas);
            json.WriteMetadata(manifest.Metadata(image.View));
            json.WriteThumbnail(manifest, image);
            json.WriteStartArray("images"u8);
            json.WriteStartObject();
            json.WriteString("@id"u8, $"{id}/page/image");
            json.WriteString("@type"u8, "oa:Annotation"u8);
            json.WriteString("motivation"u8, "sc:painting"u8);
            json.WriteStartObject("resource"u8);
            json.WritePicture(manifest.BodyUrl(image), image.Body);
            if (image.HasImageService)
                json.WriteService(
                    manifest.ImageService(image, ApiVersion.V2), "http://iiif.io/api/image/2/level2.json"u8,
                    manifest.ServiceSize(image), []);
            json.WriteEndObject();
            json.WriteString("on"u8, id);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        /// <summary>Nothing, where no thumbnail is open.</summary>
        private void WriteThumbnail(Manifest manifest, Visible image)
        {
            if (image.Thumbnail is not { } size) return;
            json.WriteStartObject("thumbnail"u8);
            json.WritePicture(manifest.ThumbnailUrl(image, size), size);
            json.WriteService(
                manifest.ThumbsService(image, ApiVersion.V2), "http://iiif.io/api/image/2/level0.json"u8, null,
                manifest.ServiceSizes(image));
            json.WriteEndObject();
        }

        private void WritePicture(string id, Pixels size)
        {
            json.WriteString("@id"u8, id);
            json.WriteString("@type"u8, "dctypes:Image"u8);
            json.WriteString("format"u8, "image/jpeg"u8);
            json.WriteSize(size);
        }

        private void WriteService(string id, ReadOnlySpan<byte> profile, Pixels? size, IReadOnlyList<Pixels> sizes)
        {
            json.WriteStartObject("service"u8);
            json.WriteString("@context"u8, "http://iiif.io/api/image/2/context.json"u8);
            json.WriteString("@id"u8, id);
            json.WriteString("profile"u8, profile);
            json.WriteSizes(size, sizes);
            json.WriteEndObject();
        }

        private void WriteMetadata(IEnumerable<KeyValuePair<string, string>> entries)
        {
            json.WriteStartArray("metadata"u8);
            foreach (var (label, value) in entries)
            {
                json.WriteStartObject();
                json.WriteString("label"u8, label);
                json.WriteString("value"u8, value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    }
}
