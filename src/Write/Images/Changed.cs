using Dlcs.Kernel.Events;

namespace Dlcs.Write.Images;

/// <summary>What of an image has changed, of all that can without making anything of it anew.</summary>
internal static class Changed
{
    /// <returns><c>null</c>: nothing has.</returns>
    public static ImageDescribed? Between(ImageDescription before, ImageDescription after)
    {
        var nothing = new ImageDescribed(before.Id);
        var changed = new ImageDescribed(
            before.Id, Now(before.String1, after.String1), Now(before.String2, after.String2),
            Now(before.String3, after.String3), Now(before.Number1, after.Number1), Now(before.Number2, after.Number2),
            Now(before.Number3, after.Number3), Now(before.Tags, after.Tags), Now(before.Roles, after.Roles),
            Now(before.Manifests, after.Manifests), Now(before.MediaType, after.MediaType));
        return changed == nothing ? null : changed;
    }

    private static string? Now(string? before, string? after) => after == before ? null : after;

    private static long? Now(long before, long after) => after == before ? null : after;

    private static IReadOnlyList<string>? Now(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        after.SequenceEqual(before) ? null : after;
}
