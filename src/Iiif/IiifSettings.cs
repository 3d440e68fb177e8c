using Dlcs.Iiif.ImageApi;
using Dlcs.Read.Api;

namespace Dlcs.Iiif;

/// <summary>How the public host behaves. What is not set has a value that suits one machine.</summary>
public sealed record IiifSettings
{
    /// <summary>What all ids begin with; unless it is set: scheme and host of each request.</summary>
    public UrlSettings Urls { get; init; } = new(null, null, 0, 0);

    /// <summary>The version that URLs without one speak: 3 or 2.</summary>
    public ApiVersion DefaultVersion { get; init; } = ApiVersion.V3;

    /// <summary>Longest edge of any picture that is made, pixels. An image's <c>maxWidth</c> may say less.</summary>
    public int MaxWidth { get; init; } = 5000;

    /// <summary>Pixels of any picture that is made; absent: what <see cref="MaxWidth"/> allows both ways.</summary>
    public long? MaxArea { get; init; }

    /// <summary>Waiting and working together; a request that takes longer is given up with 503.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many pictures are made at a time.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>How many requests may wait for their turn; one more is answered with 503.</summary>
    public int Queue { get; init; } = 64;

    /// <summary>How many images (and as many pyramids) are kept in mind, at least; at most twice as many.</summary>
    public int Remembered { get; init; } = 2000;

    /// <summary>How long an image is kept in mind when nobody says that it changed.</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>libvips' Q of the JPEGs and WebPs that are made, 1 to 100.</summary>
    public int Compression { get; init; } = 85;

    /// <summary>The URL of an image's service: the default version's has no version in it.</summary>
    /// <param name="baseUrl">Without a slash at the end.</param>
    /// <param name="path"><c>customer/space/image</c>, percent-encoded.</param>
    internal string UrlOf(string prefix, ApiVersion version, string baseUrl, string path) =>
        version == DefaultVersion ? $"{baseUrl}/{prefix}/{path}"
        : version is ApiVersion.V2 ? $"{baseUrl}/{prefix}/v2/{path}" : $"{baseUrl}/{prefix}/v3/{path}";

    internal SizeLimits Limits => new(MaxWidth, MaxWidth, MaxArea);
}
