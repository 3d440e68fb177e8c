using System.Text.Json.Serialization;
using Dlcs.Kernel.Events;

namespace Dlcs.Kernel;

/// <summary>
/// What an image opens to whom: one reading for those who make pictures and those who serve them. Roles close it;
/// <c>openFullMax</c> (or, as older clients say it, <c>maxUnauthorised</c>) opens the full picture again up to a size;
/// <c>maxWidth</c> binds everybody.
/// </summary>
/// <param name="Longest">Longest edge that anyone may have, pixels; <see cref="int.MaxValue"/>: no limit.</param>
/// <param name="Closed">A role is needed for whatever is not opened.</param>
/// <param name="OpenEdge">
/// Longest edge of the full picture that is open to everyone, pixels; 0: none, <see cref="int.MaxValue"/>: no limit.
/// </param>
public sealed record Openness(int Longest, bool Closed, int OpenEdge)
{
    public static Openness Of(ImageDescription image)
    {
        var roles = image.Roles.Count > 0;
        var closed = roles || image.MaxUnauthorised is 0;
        var open = image.OpenFullMax > 0 ? image.OpenFullMax : int.Max(0, image.MaxUnauthorised);

        // Without a role that could lift it, maxUnauthorised is a limit like any other.
        var longest = image.MaxWidth > 0 ? image.MaxWidth : int.MaxValue;
        if (!roles && image.MaxUnauthorised > 0) longest = int.Min(longest, image.MaxUnauthorised);

        return new(longest, closed, closed ? open : int.MaxValue);
    }

    /// <summary>Longest edge of what everyone may see of the full picture, pixels.</summary>
    [JsonIgnore]
    public int Everyone => int.Min(Longest, OpenEdge);

    /// <summary>Opens what both open.</summary>
    public Openness And(Openness other) => new(
        int.Min(Longest, other.Longest), Closed || other.Closed, int.Min(OpenEdge, other.OpenEdge));
}
