using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>Resamples a row of floats, three a pixel, to bytes. Two source pixels are weighed by one vector.</summary>
internal sealed class Columns
{
    private const int Lanes = 8; // of a vector: two pixels, and two lanes without weight
    private static readonly Vector256<int> SecondPixel = Vector256.Create(3, 4, 5, 6, 7, 7, 7, 7);

    private readonly Taps taps;
    private readonly float[] pairs;
    private readonly int most;

    public Columns(Taps taps)
    {
        this.taps = taps;
        most = (taps.Most + 1) / 2;
        pairs = new float[taps.Count * most * Lanes];
        for (var target = 0; target < taps.Count; target++)
        {
            var weights = taps.Weights(target);
            for (var tap = 0; tap < weights.Length; tap++)
                pairs.AsSpan((((target * most) + (tap / 2)) * Lanes) + (tap % 2 * 3), 3).Fill(weights[tap]);
        }
    }

    /// <summary>Room for a row of so many source pixels: a whole number of vectors, with one to spare.</summary>
    public static float[] Row(int pixels) => new float[(((pixels * 3) / Lanes) + 2) * Lanes];

    /// <param name="row">As <see cref="Row"/> gives it.</param>
    /// <param name="target">Gets three bytes a pixel, and a fourth behind the last.</param>
    public void Write(float[] row, Span<byte> target)
    {
        var weights = MemoryMarshal.Cast<float, Vector256<float>>(pairs.AsSpan());
        for (var x = 0; x < taps.Count; x++)
        {
            var mine = weights.Slice(x * most, (taps.Length(x) + 1) / 2);
            var at = taps.First(x) * 3;
            var sum = Vector256.Create(0.5f, 0.5f, 0.5f, 0, 0, 0, 0, 0);
            foreach (var pair in mine)
            {
                sum += Vector256.Create<float>(row.AsSpan(at, Lanes)) * pair;
                at += 6;
            }

            var pixel = sum.GetLower() + Vector256.Shuffle(sum, SecondPixel).GetLower();
            BinaryPrimitives.WriteUInt32LittleEndian(target[(x * 3)..], Bytes(pixel));
        }
    }

    private static uint Bytes(Vector128<float> pixel)
    {
        var whole = Vector128.ConvertToInt32(Vector128.Min(
            Vector128.Max(pixel, Vector128<float>.Zero), Vector128.Create(255f)));
        var shorts = Vector128.Narrow(whole.AsUInt32(), whole.AsUInt32());
        return Vector128.Narrow(shorts, shorts).AsUInt32().ToScalar();
    }
}
