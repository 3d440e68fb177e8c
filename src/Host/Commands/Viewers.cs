namespace Dlcs.Host.Commands;

/// <summary>Public pages that open a manifest. A browser lets them read one from this machine, too.</summary>
internal static class Viewers
{
    public static IEnumerable<(string Name, string Link)> Open(Uri manifest) =>
    [
        ("Mirador", $"https://projectmirador.org/embed/?iiif-content={manifest}"),
        ("Universal Viewer", $"https://uv-v4.netlify.app/#?manifest={manifest}"),
        ("Theseus", $"https://theseusviewer.org/?iiif-content={manifest}"),
    ];
}
