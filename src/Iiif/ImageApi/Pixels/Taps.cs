namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>
/// Which source pixels make each target pixel along one axis, and by how much. The filter is Lanczos with three lobes,
/// widened by the reduction so that nothing aliases, and placed to the fraction of a pixel.
/// </summary>
internal sealed class Taps
{
    private const int Lobes = 3;
    private readonly int[] firsts;
    private readonly int[] lengths;
    private readonly float[] weights;

    private Taps(int count, int most)
    {
        Most = most;
        (firsts, lengths, weights) = (new int[count], new int[count], new float[count * most]);
    }

    public int Count => firsts.Length;

    /// <summary>The most source pixels that any target pixel is made of.</summary>
    public int Most { get; }

    /// <summary>The first source pixel of that target pixel.</summary>
    public int First(int target) => firsts[target];

    public int Length(int target) => lengths[target];

    public int Last(int target) => firsts[target] + lengths[target] - 1;

    /// <summary>From <see cref="First"/> on; they add up to 1.</summary>
    public ReadOnlySpan<float> Weights(int target) => weights.AsSpan(target * Most, lengths[target]);

    /// <param name="from">Where the first target pixel begins, in source pixels.</param>
    /// <param name="to">Where the last target pixel ends, in source pixels.</param>
    /// <param name="count">How many target pixels there are between.</param>
    /// <param name="available">How many source pixels there are, from 0; what lies beyond has no weight.</param>
    public static Taps Of(double from, double to, int count, int available)
    {
        var step = (to - from) / count;
        var stretch = double.Max(1, step);
        var taps = new Taps(count, int.Min(available, (int)Math.Ceiling(2 * Lobes * stretch) + 1));
        for (var target = 0; target < count; target++)
            taps.Weigh(target, from + ((target + 0.5) * step), stretch, available);
        return taps;
    }

    private void Weigh(int target, double centre, double stretch, int available)
    {
        var first = int.Clamp((int)Math.Floor(centre - (Lobes * stretch) + 0.5), 0, available - 1);
        var last = int.Clamp((int)Math.Ceiling(centre + (Lobes * stretch) - 0.5), first, available - 1);
        (firsts[target], lengths[target]) = (first, int.Min(last - first + 1, Most));

        var mine = weights.AsSpan(target * Most, lengths[target]);
        var sum = 0d;
        for (var i = 0; i < mine.Length; i++) sum += mine[i] = (float)Lanczos((first + i + 0.5 - centre) / stretch);
        for (var i = 0; i < mine.Length; i++) mine[i] = (float)(mine[i] / sum);
    }

    private static double Lanczos(double x) => double.Abs(x) switch
    {
        < 1e-9 => 1,
        < Lobes and var distance => Sinc(distance) * Sinc(distance / Lobes),
        _ => 0,
    };

    private static double Sinc(double x) => Math.Sin(Math.PI * x) / (Math.PI * x);
}
