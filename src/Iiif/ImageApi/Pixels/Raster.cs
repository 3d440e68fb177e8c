using System.Buffers;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>Pixels in memory: sRGB, three bytes each, row by row without padding.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record Raster(int Width, int Height) : IDisposable
{
    /// <summary>At least one byte longer than it must be: pixels are written four bytes at a time.</summary>
    public byte[] Bytes { get; } = ArrayPool<byte>.Shared.Rent((Width * Height * 3) + 1);

    /// <summary>Bytes of a row.</summary>
    public int Stride => Width * 3;

    /// <summary>Every source pixel was gray.</summary>
    public bool Gray { get; set; } = true;

    public Memory<byte> Used => Bytes.AsMemory(0, Stride * Height);

    public void Dispose() => ArrayPool<byte>.Shared.Return(Bytes);
}
