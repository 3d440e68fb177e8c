using System.Globalization;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;
using Dlcs.Read.Projecting;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Read.Api;

/// <summary>Which past is asked for: the parameter <c>asOf</c> of both hosts.</summary>
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

    /// <summary>What the request asks for.</summary>
    /// <returns>The past, <c>null</c> for the present; or a sentence that says what is wrong.</returns>
    public static (AsOf? AsOf, string? Fault) Of(HttpRequest request)
    {
        if (request.Query["asOf"] is not { Count: > 0 } texts) return (null, null);
        return texts is [{ } text] && Parse(text) is { } asOf ? (asOf, null)
            : (null, $"'asOf={texts}' is neither a time, as 2026-03-01T12:00:00Z, nor a position in the log.");
    }

    /// <summary>Where in the log the request's past is.</summary>
    /// <returns>The position, <c>null</c> when nothing is asked; or a sentence that says what is wrong.</returns>
    public static async Task<(Position? Position, string? Fault)> Resolve(
        HttpRequest request, ReadApi read, CancellationToken ct)
    {
        var (asOf, fault) = Of(request);
        return (asOf is null ? null : await asOf.Find(read.Images, read.Views, ct), fault);
    }

    /// <summary>Where in the log that is: a moment is where the latest event stands that was recorded by it.</summary>
    public async Task<Position> Find(IImageIndex images, Views views, CancellationToken ct)
    {
        switch (this)
        {
            case Place place:
                return place.Position;
            case Moment moment:
                var (image, other) = (await images.At(moment.Time, ct), await views.At(moment.Time, ct));
                return image > other ? image : other;
            default:
                throw new InvalidOperationException($"{GetType()} is no kind of past");
        }
    }
}
