namespace Dlcs.Processing.Pixels;

/// <summary>What was made of a source; the files are in the work folder and go with it.</summary>
/// <param name="Width">Pixels, once upright.</param>
/// <param name="Height">Pixels, once upright.</param>
/// <param name="MediaType">Of the source, found by content.</param>
/// <param name="Thumbnails">Largest first.</param>
/// <param name="Tools">Versions of what made them.</param>
public sealed record MadeDerivatives(
    int Width, int Height, string MediaType, MadePyramid? Pyramid, IReadOnlyList<MadeThumbnail> Thumbnails,
    IReadOnlyDictionary<string, string> Tools);

/// <param name="Sha256">Lower-case hex.</param>
/// <param name="TileSize">Pixels, both ways.</param>
public sealed record MadePyramid(string File, long Bytes, string Sha256, int TileSize, int Levels);

/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record MadeThumbnail(string File, int Width, int Height, long Bytes, string Sha256);
