using NetVips;

namespace Dlcs.Processing.Pixels;

/// <summary>Lets work of libvips be stopped: it looks whenever it has done another strip of pixels.</summary>
internal static class Stopping
{
    public static void On(Image evaluated, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        evaluated.SetProgress(new Unwatched(), ct);
    }

    private sealed class Unwatched : IProgress<int>
    {
        public void Report(int value) { }
    }
}
