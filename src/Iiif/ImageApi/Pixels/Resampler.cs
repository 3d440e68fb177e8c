using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>
/// Makes a picture smaller, row by row as the source is decoded: what it holds at a time are the few source rows that
/// one target row is made of; where those would be many, it averages some first. Eight bits in, eight bits out, floats
/// between. First down, then across, so that the dearer half is done for target rows alone.
/// </summary>
internal sealed class Resampler
{
    private const int Together = 4; // source rows that are added up in one pass

    /// <summary>As many rows for one of the target are told apart: averages of more look the same.</summary>
    private const int Finest = 8;

    private readonly Taps down;
    private readonly Columns across;
    private readonly Raster target;
    private readonly float[][] rows;
    private readonly float[] sum;
    private readonly int gather; // source rows that are averaged into one
    private int missing; // source rows to come
    private int gathered;
    private int next; // row to come, of such averages
    private int done; // target rows written

    /// <param name="source">Its <see cref="Source.Pixels"/>, with columns merged, are the rows to come.</param>
    public Resampler(Source source, Raster target)
    {
        var pixels = source.Pixels;
        this.target = target;
        var (first, columns) = source.Columns;
        var (left, right) = (source.Left / source.Merged, source.Right / source.Merged);
        across = new(Taps.Of(left - first, right - first, target.Width, columns));
        missing = pixels.Height;
        gather = int.Max(1, (int)((source.Bottom - source.Top) / target.Height / Finest));
        down = Taps.Of(
            (source.Top - pixels.Y) / gather, (source.Bottom - pixels.Y) / gather, target.Height,
            (pixels.Height + gather - 1) / gather);
        rows = [.. Enumerable.Range(0, down.Most).Select(_ => Columns.Row(columns))];
        sum = Columns.Row(columns);
    }

    /// <summary>Takes the next source row, three bytes a pixel.</summary>
    public void Add(ReadOnlySpan<byte> source)
    {
        var row = rows[next % rows.Length];
        missing--;
        if (gather is 1) Widen(source, row);
        else if (!IsAverage(source, row)) return;
        for (; done < down.Count && down.Last(done) <= next; done++)
        {
            Sum(down.First(done), down.Weights(done));
            across.Write(sum, target.Bytes.AsSpan(done * target.Stride));
        }

        next++;
    }

    /// <summary>Adds a source row to the average; <c>false</c>: others belong to it.</summary>
    private bool IsAverage(ReadOnlySpan<byte> source, Span<float> row)
    {
        if (gathered++ is 0) row.Clear();
        for (var i = 0; i < source.Length; i++) row[i] += source[i];
        if (gathered < gather && missing > 0) return false;
        for (var i = 0; i < row.Length; i++) row[i] /= gathered;
        gathered = 0;
        return true;
    }

    private static void Widen(ReadOnlySpan<byte> from, float[] to)
    {
        var i = 0;
        for (; i <= from.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(from[i..]));
            var (first, second) = Vector128.Widen(low);
            var (third, fourth) = Vector128.Widen(high);
            Vector128.ConvertToSingle(first.AsInt32()).CopyTo(to, i);
            Vector128.ConvertToSingle(second.AsInt32()).CopyTo(to, i + 4);
            Vector128.ConvertToSingle(third.AsInt32()).CopyTo(to, i + 8);
            Vector128.ConvertToSingle(fourth.AsInt32()).CopyTo(to, i + 12);
        }

        for (; i < from.Length; i++) to[i] = from[i];
    }

    private void Sum(int first, ReadOnlySpan<float> weights)
    {
        sum.AsSpan().Clear();
        Span<float> four = stackalloc float[Together];
        for (var tap = 0; tap < weights.Length; tap += Together)
        {
            four.Clear();
            weights[tap..int.Min(tap + Together, weights.Length)].CopyTo(four);
            Add(RowOf(first + tap), RowOf(first + tap + 1), RowOf(first + tap + 2), RowOf(first + tap + 3), four);
        }
    }

    /// <summary>A row that is not there yet has no weight: any other does.</summary>
    private float[] RowOf(int source) => rows[source % rows.Length];

    private void Add(float[] first, float[] second, float[] third, float[] fourth, ReadOnlySpan<float> weights)
    {
        var sums = Vectors(sum);
        var a = Vectors(first)[..sums.Length];
        var b = Vectors(second)[..sums.Length];
        var c = Vectors(third)[..sums.Length];
        var d = Vectors(fourth)[..sums.Length];
        var (wa, wb) = (Vector256.Create(weights[0]), Vector256.Create(weights[1]));
        var (wc, wd) = (Vector256.Create(weights[2]), Vector256.Create(weights[3]));
        for (var i = 0; i < sums.Length; i++) sums[i] += (a[i] * wa) + (b[i] * wb) + (c[i] * wc) + (d[i] * wd);
    }

    private static Span<Vector256<float>> Vectors(float[] row) =>
        MemoryMarshal.Cast<float, Vector256<float>>(row.AsSpan());
}
