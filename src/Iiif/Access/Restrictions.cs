using Dlcs.Iiif.ImageApi;
using Dlcs.Kernel;

namespace Dlcs.Iiif.Access;

/// <summary>
/// What of an image is served, and how much of it to everyone: what it opens, within what the platform serves.
/// </summary>
/// <param name="Limits">The largest picture that is made for anyone.</param>
/// <param name="Closed">A role is needed for whatever is not opened.</param>
/// <param name="OpenEdge">Longest edge of the full picture that is open although the image is closed; 0: none.</param>
public sealed record Restrictions(SizeLimits Limits, bool Closed, int OpenEdge)
{
    /// <param name="platform">What the installation allows for any image.</param>
    public static Restrictions Of(Openness openness, SizeLimits platform) => new(
        platform with
        {
            Width = int.Min(openness.Longest, platform.Width),
            Height = int.Min(openness.Longest, platform.Height),
        },
        openness.Closed, openness.OpenEdge);

    /// <summary>Nothing of it is open: not even whether there is anything to see.</summary>
    public bool Shut => Closed && OpenEdge is 0;

    /// <summary>Whether everyone may see this.</summary>
    /// <param name="whole">It is the full picture, not a part of it.</param>
    public bool Admit(bool whole, int width, int height) =>
        !Closed || (whole && int.Max(width, height) <= OpenEdge);
}
