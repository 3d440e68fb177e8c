using System.Runtime.InteropServices;
using NetVips;

namespace Dlcs.Processing.Pixels;

/// <summary>The system's libvips, as this process uses it.</summary>
public static class Libvips
{
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Its version; asking loads it.</summary>
    /// <exception cref="LibvipsMissingException">It is not installed.</exception>
    public static string Version => Loaded.Value;

    /// <exception cref="LibvipsMissingException">It is not installed.</exception>
    public static bool Reads(FileKind kind)
    {
        _ = Loaded.Value;
        return NetVips.NetVips.TypeFind("VipsOperation", kind.Loader) is not 0;
    }

    private static string Load()
    {
        if (!ModuleInitializer.VipsInitialized) throw new LibvipsMissingException(ModuleInitializer.Exception);

        // Nothing is asked for twice, and files are removed as soon as they are used: remembering costs memory only.
        (Cache.Max, Cache.MaxMem, Cache.MaxFiles) = (0, 0, 0);
        NativeHeap.Restrain();
        if (NetVips.NetVips.Version(0) is 8 && NetVips.NetVips.Version(1) < 15) vips_vector_set_enabled(0);
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { }); // what fails is thrown as well
        return FormattableString.Invariant(
            $"{NetVips.NetVips.Version(0)}.{NetVips.NetVips.Version(1)}.{NetVips.NetVips.Version(2)}");
    }

    /// <summary>
    /// Whether scaling is compiled at run time. Before 8.15 liborc does that, and takes its code away again without a
    /// lock: pictures that are scaled side by side destroy the heap, once in some thousands (libvips, issue 1211).
    /// </summary>
    [DllImport("libvips.so.42")]
    private static extern void vips_vector_set_enabled(int enabled);
}

public sealed class LibvipsMissingException(Exception? inner) : Exception(
    "libvips is not installed, or cannot be loaded. Install it (apt-get install libvips42).", inner);
