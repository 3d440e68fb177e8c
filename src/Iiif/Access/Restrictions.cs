using Dlcs.Iiif.ImageApi;
using Dlcs.Kernel.Events;

namespace Dlcs.Iiif.Access;

/// <summary>
/// What of an image is served, and how much of it to everyone. Roles close it; <c>openFullMax</c> (or, as older clients
/// say it, <c>maxUnauthorised</c>) opens the full picture again up to a size; <c>maxWidth</c> binds everybody.
/// </summary>
/// <param name="Limits">The largest picture that is made for anyone.</param>
/// <param name="Closed">A role is needed for whatever is not opened.</param>
/// <param name="OpenEdge">Longest edge of the full picture that is open although the image is closed; 0: none.</param>
public sealed record Restrictions(SizeLimits Limits, bool Closed, int OpenEdge)
{
    /// <param name="platform">What the installation allows for any image.</param>
    public static Restrictions Of(ImageDescription image, SizeLimits platform)
    {
        var roles = image.Roles.Count > 0;
        var closed = roles || image.MaxUnauthorised is 0;
        var open = image.OpenFullMax > 0 ? image.OpenFullMax : int.Max(0, image.MaxUnauthorised);

        // Without a role that could lift it, maxUnauthorised is a limit like any other.
        var edge = image.MaxWidth > 0 ? image.MaxWidth : int.MaxValue;
        if (!roles && image.MaxUnauthorised > 0) edge = int.Min(edge, image.MaxUnauthorised);

        var limits = platform with
        {
            Width = int.Min(edge, platform.Width),
            Height = int.Min(edge, platform.Height),
        };
        return new(limits, closed, closed ? open : 0);
    }

    /// <summary>Nothing of it is open: not even whether there is anything to see.</summary>
    public bool Shut => Closed && OpenEdge is 0;

    /// <summary>Whether everyone may see this.</summary>
    /// <param name="whole">It is the full picture, not a part of it.</param>
    public bool Admit(bool whole, int width, int height) =>
        !Closed || (whole && int.Max(width, height) <= OpenEdge);
}
