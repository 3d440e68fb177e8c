using Dlcs.Kernel;
using Wolverine.Attributes;

namespace Dlcs.Processing.Images;

/// <summary>A registered image waits to be fetched, tiled and stored.</summary>
/// <param name="Registration">Which one: what another has superseded is dropped.</param>
/// <param name="Correlation">What the client called the affair.</param>
[MessageIdentity(Name)]
public sealed record ProcessImage(ImageId Id, Guid Registration, string Correlation)
{
    /// <summary>Its name in the queue; waiting rows carry it.</summary>
    public const string Name = "process-image";
}
