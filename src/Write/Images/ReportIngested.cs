using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Write.Images;

/// <summary>What a registration asked for is made. Told late or twice, it changes nothing.</summary>
/// <param name="Width">Pixels, once upright.</param>
/// <param name="Height">Pixels, once upright.</param>
/// <param name="MediaType">Found by content.</param>
/// <param name="Tools">Versions of what made the derivatives.</param>
public sealed record ReportIngested(
    ImageId Id, Guid Registration, int Width, int Height, string MediaType, FetchedOrigin Origin,
    StoredPyramid? Pyramid, IReadOnlyList<StoredThumbnail> Thumbnails, IReadOnlyDictionary<string, string> Tools)
{
    public static Decision Decide(ReportIngested command, Image image) => image.Outcome(
        command.Registration,
        before => new ImageIngested(
            command.Id, command.Registration, command.Width, command.Height, command.MediaType, command.Origin,
            command.Pyramid, command.Thumbnails, command.Tools, before));
}
