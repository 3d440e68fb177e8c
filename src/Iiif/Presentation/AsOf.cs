using System.Globalization;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Iiif.Presentation;

/// <summary>Which past is asked for.</summary>
/// <param name="Text">In the one form that ids carry.</param>
public abstract record AsOf(string Text)
{
    /// <summary>A place in this installation's log.</summary>
    public sealed record Place(Position Position)
        : AsOf(Position.Value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A moment: it outlives the log, so this is the form to cite.</summary>
    public sealed record Moment(DateTimeOffset Time)
        : AsOf(Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    private static readonly string[] Forms =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>A position, or a time in ISO 8601; without an offset it is UTC. <c>null</c>: neither.</summary>
    public static AsOf? Parse(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return new Place(new Position(position));

        // a plus that the client did not escape arrives as a space
        return DateTimeOffset.TryParseExact(
            text.Replace(' ', '+'), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new Moment(time) : null;
    }

    /// <summary>Where in the log that is.</summary>
    public Task<Position> Find(IImageIndex index, CancellationToken ct) => this switch
    {
        Place place => Task.FromResult(place.Position),
        Moment moment => index.At(moment.Time, ct),
        _ => throw new InvalidOperationException($"{GetType()} is no kind of past"),
    };
}
