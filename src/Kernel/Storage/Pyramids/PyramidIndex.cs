namespace Dlcs.Kernel.Storage.Pyramids;

/// <summary>
/// Where in a pyramid's object each tile is: 12 bytes of memory per tile, found without a search. Tiles are counted
/// level by level from full size, row by row, left to right; the object holds them in that order.
/// </summary>
public sealed class PyramidIndex
{
    private readonly LevelGeometry[] levels;
    private readonly int[] firsts;
    private readonly long[] offsets;
    private readonly int[] lengths;

    internal PyramidIndex(PyramidGeometry geometry, long[] offsets, int[] lengths)
    {
        Geometry = geometry;
        (this.offsets, this.lengths) = (offsets, lengths);
        levels = [.. Enumerable.Range(0, geometry.Levels).Select(geometry.Level)];
        firsts = new int[levels.Length];
        for (var i = 1; i < levels.Length; i++) firsts[i] = firsts[i - 1] + (int)levels[i - 1].Tiles;
    }

    public PyramidGeometry Geometry { get; }

    /// <summary>From full size down.</summary>
    public IReadOnlyList<LevelGeometry> Levels => levels;

    /// <summary>The bytes of one tile: a whole JPEG, to be sent as it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tile.</exception>
    public TileRange TileOf(int level, int column, int row)
    {
        if ((uint)level >= (uint)levels.Length) throw new ArgumentOutOfRangeException(nameof(level));
        if ((uint)column >= (uint)levels[level].Columns) throw new ArgumentOutOfRangeException(nameof(column));
        if ((uint)row >= (uint)levels[level].Rows) throw new ArgumentOutOfRangeException(nameof(row));

        var tile = firsts[level] + (row * levels[level].Columns) + column;
        return new(offsets[tile], lengths[tile]);
    }

    /// <summary>Reads the index of a stored pyramid: its length, its tail and, where that is not enough, what remains
    /// of the directory.</summary>
    /// <exception cref="StorageMissException">There is no such object.</exception>
    /// <exception cref="NotAPyramidException">The object is something else, or damaged.</exception>
    public static async Task<PyramidIndex> Read(IStorage storage, StorageKey key, CancellationToken ct) =>
        await Read(storage, key, (await storage.Find(key, ct) ?? throw new StorageMissException(key)).Length, ct);

    /// <summary>The same where the object's length is known: it need not be asked for.</summary>
    /// <param name="length">Bytes.</param>
    /// <exception cref="StorageMissException">There is no such object, or it is shorter.</exception>
    /// <exception cref="NotAPyramidException">The object is something else, damaged, or longer.</exception>
    public static async Task<PyramidIndex> Read(IStorage storage, StorageKey key, long length, CancellationToken ct)
    {
        try
        {
            var tail = await Bytes(long.Max(0, length - ZipDirectory.TailLength), length);
            var directory = ZipDirectory.Find(tail, length);
            var (records, end) = (directory.Offset, directory.Offset + directory.Length);
            var tailBegins = length - tail.Length;
            return directory.Index(records >= tailBegins
                ? tail.AsSpan((int)(records - tailBegins), (int)directory.Length)
                : await Bytes(records, end));
        }
        catch (NotAPyramidException e)
        {
            throw new NotAPyramidException($"{key} is not a pyramid: {e.Message}");
        }

        async ValueTask<byte[]> Bytes(long from, long to)
        {
            var bytes = new byte[to - from];
            await storage.Read(key, from, bytes, ct);
            return bytes;
        }
    }
}

/// <param name="Offset">Bytes from the beginning of the object.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct TileRange(long Offset, int Length);

/// <summary>An object that should be a pyramid is not one.</summary>
public sealed class NotAPyramidException(string message) : Exception(message);
