using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Write;

/// <summary>What a command's answer shows. Rendering it is not the write side's.</summary>
public abstract record Shown
{
    private Shown()
    {
    }

    public sealed record Customer(int Id) : Shown;

    public sealed record Space(SpaceId Id) : Shown;

    public sealed record Image(ImageId Id) : Shown;

    /// <param name="Owner">The number of the customer.</param>
    public sealed record Batch(int Owner, int Id) : Shown;

    /// <param name="Owner">The number of the customer.</param>
    public sealed record NamedQuery(int Owner, Guid Id) : Shown;

    /// <summary>A body that no view could make: it holds a secret that is shown once.</summary>
    public sealed record Rendered(object Body) : Shown;

    /// <summary>No body.</summary>
    public sealed record Nothing : Shown;
}

/// <summary>
/// Answers a command: waits until queries show what stands at <paramref name="position"/> (unless the request waives
/// it), then renders, with <c>Location</c> when the status is 201.
/// </summary>
/// <param name="position">Of the last event appended; <c>null</c> when nothing was.</param>
public delegate Task<IResult> Show(HttpContext http, Shown what, int status, Position? position);
