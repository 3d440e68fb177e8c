using System.Runtime.InteropServices;

namespace Dlcs.Host.Commands;

internal static class Libvips
{
    private const string Name = "libvips.so.42";

    /// <exception cref="SettingException">This process is to handle pixels, and it is not installed.</exception>
    public static void MustBeThere(HostSettings settings)
    {
        if ((settings.Roles & (Roles.Processing | Roles.Iiif)) is not 0 && !NativeLibrary.TryLoad(Name, out _))
            throw new SettingException($"libvips ({Name}) is not installed: apt-get install libvips42.");
    }
}
