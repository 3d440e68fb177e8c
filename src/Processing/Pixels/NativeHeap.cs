using System.Runtime.InteropServices;

namespace Dlcs.Processing.Pixels;

/// <summary>
/// The C library's heap, which libvips takes its pixels from. Left alone, glibc keeps what was freed, in an arena per
/// thread: measured, 60 MB more with every large image. A C library without these calls has no such habit.
/// </summary>
internal static class NativeHeap
{
    private const int MmapThreshold = -3; // M_MMAP_THRESHOLD
    private const int ArenaMax = -8; // M_ARENA_MAX

    /// <summary>Few arenas, and large blocks that go back to the system as soon as they are freed.</summary>
    public static void Restrain() => Try(() =>
    {
        _ = mallopt(ArenaMax, 2);
        _ = mallopt(MmapThreshold, 256 * 1024);
    });

    /// <summary>Gives back what is free; takes some milliseconds.</summary>
    public static void Trim() => Try(() => _ = malloc_trim(0));

    private static void Try(Action call)
    {
        try
        {
            call();
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Not glibc.
        }
    }

    [DllImport("libc")]
    private static extern int mallopt(int parameter, int value);

    [DllImport("libc")]
    private static extern int malloc_trim(nint keep);
}
