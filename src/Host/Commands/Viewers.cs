namespace Dlcs.Host.Commands;

/// <summary>Public pages that open a manifest, also one of this machine where the browser's user allows it.</summary>
internal static class Viewers
{
    public static void Print(TextWriter to, Uri manifest)
    {
        var parameter = Uri.EscapeDataString(manifest.AbsoluteUri);
        to.WriteLine($"  manifest          {manifest.AbsoluteUri}");
        to.WriteLine($"  Mirador           https://projectmirador.org/embed/?iiif-content={parameter}");
        to.WriteLine($"  Universal Viewer  https://uv-v4.netlify.app/#?manifest={parameter}");
        to.WriteLine($"  Theseus           https://theseusviewer.org/?iiif-content={parameter}");
        if (manifest.IsLoopback)
            to.WriteLine("  (the browser asks first whether such a page may reach this machine: allow it)");
    }
}
