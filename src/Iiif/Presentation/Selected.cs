using Dlcs.Iiif.ImageApi;
using Dlcs.Read.Images;
using Dlcs.Read.NamedQueries;

namespace Dlcs.Iiif.Presentation;

/// <summary>The images that a request comes to, or why there are none.</summary>
internal abstract record Selected
{
    /// <param name="Query">By which they were selected; <c>null</c> where the image itself was named.</param>
    public sealed record Images(NamedQueryView? Query, IReadOnlyList<ImageView> Views) : Selected;

    public sealed record Refused(Refusal Refusal) : Selected;

    public static Selected NotFound(string sentence) => new Refused(new(404, sentence));
}
