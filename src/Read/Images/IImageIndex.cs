using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Read.Images;

/// <summary>The image index, as queries use it. Each adapter passes the same contract tests.</summary>
public interface IImageIndex
{
    /// <summary>The image, now or as of a position; <c>null</c> when there is, or was, none.</summary>
    Task<ImageView?> Find(ImageId id, Position? asOf, CancellationToken ct);

    Task<ImagePage> Query(ImageQuery query, CancellationToken ct);

    /// <summary>
    /// Where the latest event of an image stands that was recorded at or before that time; the start, when none was.
    /// </summary>
    Task<Position> At(DateTimeOffset time, CancellationToken ct);
}

/// <summary>The index cannot be reached, is too busy, or is lost until it is rebuilt. It may answer later.</summary>
public sealed class IndexUnavailableException(string message, Exception? inner = null)
    : EngineUnavailableException(message, inner);
