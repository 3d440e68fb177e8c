using System.IO.Pipelines;
using System.Text.Json;
using Dlcs.Iiif.ImageApi;

namespace Dlcs.Iiif.Presentation;

/// <summary>Writes a manifest as https://iiif.io/api/presentation/3.0/ has it.</summary>
internal static class Manifest3
{
    /// <summary>Sends as it goes: what waits in memory is a few canvases, however long the manifest.</summary>
    public static async Task Write(Manifest manifest, PipeWriter pipe, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(pipe, Json.Options);
        json.WriteStartObject();
        json.WriteString("@context"u8, PresentationVersions.Context(ApiVersion.V3));
        json.WriteString("id"u8, manifest.Id);
        json.WriteString("type"u8, "Manifest"u8);
        json.WriteText("label"u8, "en"u8, manifest.Label);
        json.WriteMetadata("en"u8, [Manifest.Title]);
        if (manifest.Images.FirstOrDefault(i => i.Thumbnail is not null) is { } shown)
            json.WriteThumbnail(manifest, shown);

        json.WriteStartArray("items"u8);
        for (var i = 0; i < manifest.Images.Count; i++)
        {
            json.WriteCanvas(manifest, manifest.Images[i], i + 1);
            await json.Send(pipe, i, ct);
        }
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
            json.WriteString("id"u8, id);
            json.WriteString("type"u8, "Canvas"u8);
            json.WriteText("label"u8, "en"u8, $"Canvas {number}");
            json.WriteSize(image.Canvas);
            json.WriteMetadata("none"u8, manifest.Metadata(image.View));
            json.WriteThumbnail(manifest, image);
            json.WriteStartArray("items"u8);
            json.WriteStartObject();
            json.WriteString("id"u8, $"{id}/page");
            json.WriteString("type"u8, "AnnotationPage"u8);
            json.WriteStartArray("items"u8);
            json.WriteStartObject();
            json.WriteString("id"u8, $"{id}/page/image");
            json.WriteString("type"u8, "Annotation"u8);
            json.WriteString("motivation"u8, "painting"u8);
            json.WritePropertyName("body"u8);
            json.WriteBody(manifest, image);
            json.WriteString("target"u8, id);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        private void WriteBody(Manifest manifest, Visible image)
        {
            json.WriteStartObject();
            json.WritePicture(manifest.BodyUrl(image), image.Body);
            if (image.HasImageService)
            {
                json.WriteStartArray("service"u8);
                json.WriteService2(
                    manifest.ImageService(image, ApiVersion.V2), "http://iiif.io/api/image/2/level2.json"u8,
                    manifest.ServiceSize(image), []);
                json.WriteService3(
                    manifest.ImageService(image, ApiVersion.V3), "level2"u8, manifest.ServiceSize(image), []);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }

        /// <summary>Nothing, where no thumbnail is open.</summary>
        private void WriteThumbnail(Manifest manifest, Visible image)
        {
            if (image.Thumbnail is not { } size) return;
            json.WriteStartArray("thumbnail"u8);
            json.WriteStartObject();
            json.WritePicture(manifest.ThumbnailUrl(image, size), size);
            json.WriteStartArray("service"u8);
            json.WriteService2(
                manifest.ThumbsService(image, ApiVersion.V2), "http://iiif.io/api/image/2/level0.json"u8, null,
                manifest.ServiceSizes(image));
            json.WriteService3(
                manifest.ThumbsService(image, ApiVersion.V3), "level0"u8, null, manifest.ServiceSizes(image));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        private void WritePicture(string id, Pixels size)
        {
            json.WriteString("id"u8, id);
            json.WriteString("type"u8, "Image"u8);
            json.WriteString("format"u8, "image/jpeg"u8);
            json.WriteSize(size);
        }

        /// <summary>Section 3.2: a service of the older version keeps its <c>@id</c> and <c>@type</c>.</summary>
        private void WriteService2(string id, ReadOnlySpan<byte> profile, Pixels? size, IReadOnlyList<Pixels> sizes)
        {
            json.WriteStartObject();
            json.WriteString("@id"u8, id);
            json.WriteString("@type"u8, "ImageService2"u8);
            json.WriteString("profile"u8, profile);
            json.WriteSizes(size, sizes);
            json.WriteEndObject();
        }

        private void WriteService3(string id, ReadOnlySpan<byte> profile, Pixels? size, IReadOnlyList<Pixels> sizes)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("type"u8, "ImageService3"u8);
            json.WriteString("profile"u8, profile);
            json.WriteSizes(size, sizes);
            json.WriteEndObject();
        }

        private void WriteMetadata(ReadOnlySpan<byte> language, IEnumerable<KeyValuePair<string, string>> entries)
        {
            json.WriteStartArray("metadata"u8);
            foreach (var (label, value) in entries)
            {
                json.WriteStartObject();
                json.WriteText("label"u8, "en"u8, label);
                json.WriteText("value"u8, language, value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }

        /// <summary>A language map with one value.</summary>
        private void WriteText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> language, string value)
        {
            json.WriteStartObject(name);
            json.WriteStartArray(language);
            json.WriteStringValue(value);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
