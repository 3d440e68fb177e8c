namespace Dlcs.Kernel.Events;

/// <summary>Who caused an event, when, and as part of what.</summary>
/// <param name="Command">Decides the ids of the events, so that a command sent twice is found out.</param>
/// <param name="By">The id of the key that signed the request; <c>null</c> for the system's own doing.</param>
/// <param name="At">UTC, in whole microseconds.</param>
/// <param name="Correlation">
/// What the client called the affair (<c>x-correlation-id</c>), else the request's own id.
/// </param>
/// <param name="Causation">The event that this one follows from.</param>
/// <param name="Headers">The client's further <c>x-…-id</c> headers; <c>null</c> when it sent none.</param>
public sealed record Metadata(
    Guid Command, string? By, DateTimeOffset At, string Correlation, Guid? Causation = null,
    IReadOnlyDictionary<string, string>? Headers = null)
{
    /// <summary>What the system does by itself because of <paramref name="cause"/>.</summary>
    public static Metadata Following(Recorded cause, Guid command, DateTimeOffset now) =>
        new(command, By: null, Whole(now), cause.Metadata.Correlation, cause.Id);

    /// <summary>Cut to the microseconds that every store keeps.</summary>
    public static DateTimeOffset Whole(DateTimeOffset time) =>
        new(time.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
