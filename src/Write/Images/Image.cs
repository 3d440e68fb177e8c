using System.Collections.Immutable;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Write.Images;

public enum ImageStatus { Unregistered, Processing, Ready, Failed, Deleted }

/// <summary>What deciders need to know of an image.</summary>
/// <param name="Description">What was said of it last.</param>
/// <param name="Registration">The one that is being processed, or was last.</param>
/// <param name="Registrations">Every one that it ever had.</param>
/// <param name="Batch">The batch that it belongs to now.</param>
/// <param name="Bytes">Of its stored pyramid.</param>
/// <param name="ThumbnailBytes">Of its thumbnails together.</param>
public sealed record Image(
    ImageStatus Status, ImageDescription? Description, Guid Registration, ImmutableHashSet<Guid> Registrations,
    Lane Lane = Lane.Normal, int? Batch = null, long Bytes = 0, long ThumbnailBytes = 0) : IState<Image>
{
    public static Image Initial { get; } = new(ImageStatus.Unregistered, null, Guid.Empty, []);

    public bool Exists => Status is not (ImageStatus.Unregistered or ImageStatus.Deleted);

    /// <summary>How it stands, for the event that comes next; <c>null</c> when there is none.</summary>
    public ImageStanding? Standing => Exists ? Now : null;

    private ImageStanding Now =>
        new(Status is ImageStatus.Processing, Status is ImageStatus.Failed, Batch, Bytes, ThumbnailBytes, Lane);

    /// <summary>Whether an outcome of this registration still matters.</summary>
    public bool Awaits(Guid registration) => Status is ImageStatus.Processing && Registration == registration;

    /// <summary>The event after its current one, if the registration is still awaited.</summary>
    public Decision Outcome(Guid registration, Func<ImageStanding, IEvent> outcome) =>
        Awaits(registration) ? [outcome(Now)] : [];

    /// <summary>Whether whoever waits for the outcome of this registration need wait no longer.</summary>
    public static bool Settles(IEvent e, ImageId id, Guid registration) => e switch
    {
        ImageIngested i => i.Id == id && i.Registration == registration,
        ImageFailed f => f.Id == id && f.Registration == registration,
        ImageRegistered r => r.Id == id && r.Registration != registration,
        ImageDeleted d => d.Id == id,
        _ => false,
    };

    public static Image Evolve(Image image, Recorded recorded) => recorded.Event switch
    {
        ImageRegistered e => image with
        {
            Status = ImageStatus.Processing,
            Description = e.Image,
            Registration = e.Registration,
            Registrations = image.Registrations.Add(e.Registration),
            Lane = e.Lane,
            Batch = e.Batch,
        },
        ImageIngested e => image with
        {
            Status = ImageStatus.Ready,
            Bytes = e.Pyramid?.Bytes ?? 0,
            ThumbnailBytes = e.Thumbnails.Sum(t => t.Bytes),
        },
        ImageFailed => image with { Status = ImageStatus.Failed },
        ImageDescribed e => image with { Description = image.Description is { } d ? e.ApplyTo(d) : null },
        ImageDeleted => Initial with { Status = ImageStatus.Deleted, Registrations = image.Registrations },
        RedactedEvent => image,
        _ => throw new UnknownEventException(recorded),
    };
}
