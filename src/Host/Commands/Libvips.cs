using System.Runtime.InteropServices;

namespace Dlcs.Host.Commands;

internal static class Libvips
{
    /// <param name="name">What the system's loader knows it by.</param>
    /// <exception cref="SettingException">This process is to handle pixels, and it is not installed.</exception>
    public static void MustBeThere(HostSettings settings, string name = "libvips.so.42")
    {
        if ((settings.Roles & (Roles.Processing | Roles.Iiif)) is not 0 && !NativeLibrary.TryLoad(name, out _))
            throw new SettingException($"libvips ({name}) is not installed: apt-get install libvips42.");
    }
}
