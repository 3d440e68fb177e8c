using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Iiif.ImageApi;

/// <summary>
/// What an image service tells of itself, in either version: https://iiif.io/api/image/3.0/#5-image-information and
/// https://iiif.io/api/image/2.1/#image-information.
/// </summary>
/// <param name="Id">The service's URL, without a slash at the end.</param>
/// <param name="Level">The compliance level, 0 or 2.</param>
/// <param name="Width">Pixels of the full picture.</param>
/// <param name="Height">Pixels of the full picture.</param>
/// <param name="Limits">The largest picture that is made; <c>null</c>: nothing is made, all is stored.</param>
/// <param name="Sizes">Sizes of the full picture that cost next to nothing, smallest first; none: left out.</param>
/// <param name="Tiles">Absent where there are none.</param>
public sealed record Information(
    string Id, int Level, int Width, int Height, SizeLimits? Limits,
    IReadOnlyList<(int Width, int Height)> Sizes, TileSizes? Tiles)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Features3 =
        ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary"];

    private static readonly string[] Features2 =
        ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "regionSquare", "rotationArbitrary"];

    /// <summary>The context of the version's documents.</summary>
    public static string Context(ApiVersion version) => version is ApiVersion.V2
        ? "http://iiif.io/api/image/2/context.json"
        : "http://iiif.io/api/image/3/context.json";

    /// <summary>The document that describes a compliance level.</summary>
    public static string Profile(ApiVersion version, int level) => (version, level) switch
    {
        (ApiVersion.V2, 0) => "http://iiif.io/api/image/2/level0.json",
        (ApiVersion.V2, _) => "http://iiif.io/api/image/2/level2.json",
        (_, 0) => "http://iiif.io/api/image/3/level0.json",
        _ => "http://iiif.io/api/image/3/level2.json",
    };

    /// <summary>The document, as UTF-8.</summary>
    public ReadOnlyMemory<byte> Write(ApiVersion version)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("@context", Context(version));
            if (version is ApiVersion.V2) WriteIn2(json);
            else WriteIn3(json);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private void WriteIn3(Utf8JsonWriter json)
    {
        json.WriteString("id", Id);
        json.WriteString("type", "ImageService3");
        json.WriteString("protocol", "http://iiif.io/api/image");
        json.WriteString("profile", Level is 0 ? "level0" : "level2");
        WriteExtent(json);
        if (Level is 0) return;

        WriteLimits(json);
        WriteList(json, "extraFormats", ExtraFormats);
        WriteList(json, "extraQualities", ["color", "gray", "bitonal"]);
        WriteList(json, "extraFeatures", Features3);
    }

    private void WriteIn2(Utf8JsonWriter json)
    {
        json.WriteString("@id", Id);
        json.WriteString("protocol", "http://iiif.io/api/image");
        WriteExtent(json);
        json.WriteStartArray("profile");
        json.WriteStringValue(Profile(ApiVersion.V2, Level));
        if (Level > 0)
        {
            json.WriteStartObject();
            WriteList(json, "formats", ExtraFormats);
            WriteList(json, "supports", Features2);
            WriteLimits(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<string> ExtraFormats => Format.Offered.Skip(2).Select(format => format.Extension);

    private void WriteExtent(Utf8JsonWriter json)
    {
        json.WriteNumber("width", Width);
        json.WriteNumber("height", Height);
        if (Sizes.Count > 0) WriteSizes(json);
        if (Tiles is not { } tiles) return;

        json.WriteStartArray("tiles");
        json.WriteStartObject();
        json.WriteNumber("width", tiles.Size);
        json.WriteNumber("height", tiles.Size);
        json.WriteStartArray("scaleFactors");
        for (var level = 0; level < tiles.Levels; level++) json.WriteNumberValue(1L << level);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteSizes(Utf8JsonWriter json)
    {
        json.WriteStartArray("sizes");
        foreach (var (width, height) in Sizes)
        {
            json.WriteStartObject();
            json.WriteNumber("width", width);
            json.WriteNumber("height", height);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteLimits(Utf8JsonWriter json)
    {
        if (Limits is not { } limits) return;
        json.WriteNumber("maxWidth", limits.Width);
        json.WriteNumber("maxHeight", limits.Height);
        if (limits.Area is { } area) json.WriteNumber("maxArea", area);
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}

/// <param name="Size">Pixels, both ways.</param>
/// <param name="Levels">From full size (scale factor 1), each half the one before.</param>
public sealed record TileSizes(int Size, int Levels)
{
    /// <summary>The stored tiles, or as large a part of them as the limits admit.</summary>
    /// <param name="stored">The pyramid as it is stored.</param>
    public static TileSizes Of(PyramidGeometry stored, SizeLimits limits)
    {
        var size = stored.TileSize;
        while (size > 1 && !limits.Admit(size, size)) size /= 2;
        return new(size, new PyramidGeometry(stored.Width, stored.Height, size).Levels);
    }
}
