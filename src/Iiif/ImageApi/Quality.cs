namespace Dlcs.Iiif.ImageApi;

/// <summary>How much of its colour a picture keeps: https://iiif.io/api/image/3.0/#44-quality.</summary>
public enum Quality
{
    /// <summary>What the picture has: color.</summary>
    Default,
    Color,
    Gray,
    Bitonal,
}
