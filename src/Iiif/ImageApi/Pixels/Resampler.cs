using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>
/// Makes a picture smaller, row by row as the source is decoded: what it holds at a time are the few target rows that a
/// source row adds to. Eight bits in, eight bits out, floats between.
/// </summary>
internal sealed class Resampler
{
    private const int Lanes = 4; // red, green, blue and a spare: one vector

    private readonly Taps across;
    private readonly Taps down;
    private readonly byte[] output;
    private readonly float[] row;
    private readonly Queue<float[]> open = new();
    private readonly Stack<float[]> spare = new();
    private int next; // source row to come
    private int begun; // target rows begun so far
    private int done; // target rows written

    /// <param name="across">From source to target columns.</param>
    /// <param name="down">From source to target rows.</param>
    /// <param name="columns">Pixels of a source row.</param>
    /// <param name="output">Takes the target, three bytes a pixel.</param>
    public Resampler(Taps across, Taps down, int columns, byte[] output)
    {
        (this.across, this.down, this.output) = (across, down, output);
        row = new float[columns * Lanes];
    }

    /// <summary>Takes the next source row, three bytes a pixel.</summary>
    public void Add(ReadOnlySpan<byte> source)
    {
        Widen(source, row);
        for (; begun < down.Count && down.First(begun) <= next; begun++) open.Enqueue(Blank());

        var target = done;
        foreach (var sum in open)
        {
            var weights = down.Weights(target);
            var tap = next - down.First(target++);
            if (tap < weights.Length) Accumulate(sum, row, weights[tap]);
        }

        while (open.Count > 0 && down.Last(done) <= next)
        {
            var sum = open.Dequeue();
            Write(sum, output.AsSpan(done++ * across.Count * 3, across.Count * 3));
            spare.Push(sum);
        }

        next++;
    }

    private float[] Blank()
    {
        if (!spare.TryPop(out var sum)) return new float[row.Length];
        sum.AsSpan().Clear();
        return sum;
    }

    private static void Widen(ReadOnlySpan<byte> from, Span<float> to)
    {
        for (int i = 0, o = 0; i + 2 < from.Length; i += 3, o += Lanes)
        {
            to[o] = from[i];
            to[o + 1] = from[i + 1];
            to[o + 2] = from[i + 2];
        }
    }

    private static void Accumulate(float[] sum, float[] row, float weight)
    {
        var sums = MemoryMarshal.Cast<float, Vector<float>>(sum.AsSpan());
        var rows = MemoryMarshal.Cast<float, Vector<float>>(row.AsSpan());
        var factor = new Vector<float>(weight);
        for (var i = 0; i < sums.Length; i++) sums[i] += rows[i] * factor;
        for (var i = sums.Length * Vector<float>.Count; i < sum.Length; i++) sum[i] += row[i] * weight;
    }

    private void Write(float[] sum, Span<byte> target)
    {
        var pixels = MemoryMarshal.Cast<float, Vector128<float>>(sum.AsSpan());
        for (var x = 0; x < across.Count; x++)
        {
            var weights = across.Weights(x);
            var taps = pixels.Slice(across.First(x), weights.Length);
            var pixel = Vector128.Create(0.5f);
            for (var i = 0; i < weights.Length; i++) pixel += taps[i] * weights[i];

            var bytes = Vector128.ConvertToInt32(Vector128.Min(
                Vector128.Max(pixel, Vector128<float>.Zero), Vector128.Create(255f)));
            target[x * 3] = (byte)bytes[0];
            target[(x * 3) + 1] = (byte)bytes[1];
            target[(x * 3) + 2] = (byte)bytes[2];
        }
    }
}
