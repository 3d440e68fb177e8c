using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Integration.Presentation;

/// <summary>Images as the views show them.</summary>
internal static class Pictures
{
    private static readonly int[] Edges = [1024, 400, 200, 100];
    private static readonly DeliveryChannel[] Channels = [new("iiif-img", "default"), new("thumbs", "default")];
    private static readonly string Digest = new('a', 64);

    /// <summary>3000 x 4000 pixels, with both channels, open to everyone.</summary>
    public static ImageView Picture(string id, string book = "book", int page = 1, params string[] roles)
    {
        var image = new ImageDescription(
            ImageId.Parse(id), "https://origin.example/x.jpg", null, null, "I", Channels, book, "", "", page, 0, 0,
            ["a tag", "b"], roles, []);
        var thumbnails = Edges
            .Select(edge => new ReadyThumbnail($"t{edge}", edge * 3 / 4, edge, 1)).ToArray();
        return new ImageView(image, Shelf.Began, 1, 7, [3, 7], Ingesting: false, Ready: new ReadyImage(
            3000, 4000, "image/jpeg", new FetchedOrigin(1, Digest), new ReadyPyramid("p", 1, 512, 5),
            thumbnails));
    }

    extension(ImageView view)
    {
        public ImageView Described(Func<ImageDescription, ImageDescription> change) =>
            view with { Image = change(view.Image), Revision = view.Revision + 1 };

        public ImageView WithoutThumbnails() => view with { Ready = view.Ready! with { Thumbnails = [] } };

        public ImageView WithoutPyramid() => view with { Ready = view.Ready! with { Pyramid = null } };
    }
}
