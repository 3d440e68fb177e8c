using System.Numerics;

namespace Dlcs.Kernel.Storage.Pyramids;

/// <summary>
/// The sizes in a pyramid. Level 0 is the full picture; each level is half the one before, rounded up, as IIIF viewers
/// compute it; the last is the first that fits into one tile.
/// </summary>
/// <param name="Width">Pixels of the full picture.</param>
/// <param name="Height">Pixels of the full picture.</param>
/// <param name="TileSize">Pixels, both ways. Tiles at the right and lower edges are cropped, not padded.</param>
public sealed record PyramidGeometry(int Width, int Height, int TileSize)
{
    public int Width { get; } = Positive(Width, nameof(Width));
    public int Height { get; } = Positive(Height, nameof(Height));
    public int TileSize { get; } = Positive(TileSize, nameof(TileSize));

    /// <summary>How many levels there are; at least 1.</summary>
    public int Levels { get; } = LevelsOf(int.Max(Width, Height), TileSize);

    /// <summary>Of all levels together.</summary>
    public long Tiles => Enumerable.Range(0, Levels).Sum(level => Level(level).Tiles);

    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    public LevelGeometry Level(int level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, Levels);
        return new(level, Shrunk(Width, level), Shrunk(Height, level), TileSize);
    }

    /// <summary>The smallest level that is at least this large both ways; the full picture when none is.</summary>
    public LevelGeometry SmallestHolding(int width, int height)
    {
        var level = Levels - 1;
        while (level > 0 && (Shrunk(Width, level) < width || Shrunk(Height, level) < height)) level--;
        return Level(level);
    }

    /// <summary>As many pixels of the full picture as pixels of a level, the last of which may be cut.</summary>
    public static int Shrunk(int pixels, int level) => (int)((pixels + (1L << level) - 1) >> level);

    private static int LevelsOf(int longest, int tile) =>
        longest <= tile ? 1 : 2 + BitOperations.Log2((uint)((longest - 1) / tile));

    private static int Positive(int pixels, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pixels, name);
        return pixels;
    }
}

/// <summary>One level and its grid of tiles.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="TileSize">Pixels, both ways.</param>
public readonly record struct LevelGeometry(int Level, int Width, int Height, int TileSize)
{
    /// <summary>How many pixels of the full picture are one here.</summary>
    public int ScaleFactor => 1 << Level;

    public int Columns => ((Width - 1) / TileSize) + 1;

    public int Rows => ((Height - 1) / TileSize) + 1;

    public long Tiles => (long)Columns * Rows;

    /// <summary>The true size of a tile; smaller than <see cref="TileSize"/> at the right and lower edges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tile.</exception>
    public (int Width, int Height) SizeOf(int column, int row)
    {
        if ((uint)column >= (uint)Columns) throw new ArgumentOutOfRangeException(nameof(column));
        if ((uint)row >= (uint)Rows) throw new ArgumentOutOfRangeException(nameof(row));
        return (int.Min(TileSize, Width - (column * TileSize)), int.Min(TileSize, Height - (row * TileSize)));
    }
}
