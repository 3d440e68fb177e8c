namespace Dlcs.Kernel.Storage.Caching;

/// <summary>How much of a storage that is elsewhere is kept here.</summary>
/// <param name="Folder">On a local disk. Any number of processes may share it.</param>
/// <param name="Bytes">How much it may hold; for moments an eighth more.</param>
public sealed record CacheSettings(string Folder, long Bytes)
{
    /// <summary>Bytes that stay free on the disk: nothing is kept, and room is made, when there are fewer. A database
    /// may live there too.</summary>
    public long Spare { get; init; } = 1L << 30;

    /// <summary>A longer read goes past the cache: what viewers ask for is small, bytes.</summary>
    public int LongestRange { get; init; } = 1 << 20;

    /// <summary>How many reads may be on their way to the storage at once; one more is refused.</summary>
    public int Flights { get; init; } = 256;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
