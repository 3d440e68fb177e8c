using Dlcs.Kernel.Storage.Pyramids;

namespace Dlcs.Iiif.ImageApi;

/// <summary>
/// The sizes that an information lists: the stored thumbnails', else the pyramid's. OpenSeadragon 4 and 5 (in Mirador 3
/// and 4, TIFY, Clover) take a list that has as many members as the pyramid has levels, or one less, for the levels
/// themselves, and show thumbnails stretched over the picture. So there never is such a list, except of the levels.
/// </summary>
public static class ListedSizes
{
    /// <param name="thumbnails">Stored, and within the limits.</param>
    /// <param name="tiles">As viewers are told of them.</param>
    /// <returns>Smallest first; none where the limits admit none.</returns>
    public static IReadOnlyList<(int Width, int Height)> Of(
        IEnumerable<(int Width, int Height)> thumbnails, int width, int height, TileSizes tiles, SizeLimits limits)
    {
        var pyramid = new PyramidGeometry(width, height, tiles.Size);
        var levels = new SortedSet<(int Width, int Height)>(
            from level in Enumerable.Range(0, pyramid.Levels).Select(pyramid.Level)
            where limits.Admit(level.Width, level.Height)
            select (level.Width, level.Height));
        var listed = new SortedSet<(int Width, int Height)>(thumbnails);
        if (listed.Count is 0) listed.UnionWith(levels);
        foreach (var level in levels)
            if (AreMistaken()) listed.Add(level);
        if (AreMistaken()) listed.IntersectWith(levels);
        return [.. listed];

        bool AreMistaken()
        {
            var missing = pyramid.Levels - listed.Count;
            return missing is 0 or 1 && Enumerable.Range(missing, listed.Count).Select(pyramid.Level)
                .Any(level => !listed.Contains((level.Width, level.Height)));
        }
    }
}
