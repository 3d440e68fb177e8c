using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dlcs.Kernel.Storage.Pyramids;

/// <summary>
/// The archive's comment, one line of JSON: what a program must know beside the names of the entries, and what tells a
/// person, whatever the year, what this ZIP is.
/// </summary>
/// <param name="Content">Always <see cref="Pyramid"/>.</param>
internal sealed record PackComment(string Content, int Version, int Width, int Height, int TileSize, int Levels)
{
    public const int MaxLength = 512;
    private const string Pyramid = "tiled image pyramid: level/column_row.jpg, level 0 is full size";

    /// <summary>Beyond any picture; it bounds the memory that an index can ask for.</summary>
    private const long MaxTiles = 1 << 20;

    public static byte[] Of(PyramidGeometry g) => JsonSerializer.SerializeToUtf8Bytes(
        new PackComment(Pyramid, 1, g.Width, g.Height, g.TileSize, g.Levels), PackJson.Default.PackComment);

    /// <exception cref="NotAPyramidException">It says something else.</exception>
    public static PyramidGeometry Parse(ReadOnlySpan<byte> comment)
    {
        if (Read(comment) is not { Width: > 0, Height: > 0, TileSize: > 0 } said || said.Content is not Pyramid)
            throw new NotAPyramidException("its comment does not describe one");
        if (said.Version is not 1)
            throw new NotAPyramidException($"it is of version {said.Version}; this program reads version 1");

        var geometry = new PyramidGeometry(said.Width, said.Height, said.TileSize);
        if (geometry.Levels != said.Levels || geometry.Tiles > MaxTiles)
            throw new NotAPyramidException("its comment contradicts itself, or promises too many tiles");
        return geometry;
    }

    private static PackComment? Read(ReadOnlySpan<byte> comment)
    {
        try
        {
            return JsonSerializer.Deserialize(comment, PackJson.Default.PackComment);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PackComment))]
internal sealed partial class PackJson : JsonSerializerContext;
