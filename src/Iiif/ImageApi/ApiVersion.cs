namespace Dlcs.Iiif.ImageApi;

/// <summary>The versions of the Image API and of the Presentation API that are spoken: 2.1 and 3.0.</summary>
public enum ApiVersion
{
    V2 = 2,
    V3 = 3,
}
