using NetVips;

namespace Dlcs.Processing.Pixels;

/// <summary>Turns and mirrors a picture as its EXIF orientation says.</summary>
internal static class Upright
{
    private const string Orientation = "orientation";
    private const int AsIs = 1;
    private const int Mirrored = 2;

    /// <summary>Width and height that the picture has once it is upright, pixels.</summary>
    public static (int Width, int Height) SizeOf(Image image) =>
        OrientationOf(image) is >= 5 and <= 8 ? (image.Height, image.Width) : (image.Width, image.Height);

    /// <summary>What is not simply mirrored must be read in another order than it is stored in: it is decoded into a
    /// file first, so that memory does not grow with the picture.</summary>
    public static Image Of(Image image, string folder, CancellationToken ct)
    {
        var orientation = OrientationOf(image);
        if (orientation is <= AsIs or > 8) return image.Copy();
        if (orientation is Mirrored) return image.Autorot();

        var decoded = Path.Combine(folder, "decoded.v");
        Stopping.On(image, ct);
        try
        {
            image.WriteToFile(decoded);
            using var reread = Image.NewFromFile(decoded, access: Enums.Access.Random);
            return reread.Autorot();
        }
        finally
        {
            File.Delete(decoded); // what is open stays readable
        }
    }

    private static int OrientationOf(Image image) =>
        image.Contains(Orientation) ? (int)image.Get(Orientation) : AsIs;
}
