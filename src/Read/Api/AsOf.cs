using System.Globalization;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Read.Api;

/// <summary>The parameter <c>asOf</c>: a position of the log, or a time (ISO 8601; without an offset UTC).</summary>
public static class AsOf
{
    /// <returns>The position, <c>null</c> when nothing is asked; or a sentence that says what is wrong.</returns>
    public static async Task<(Position? Position, string? Fault)> Resolve(
        HttpRequest request, IImageIndex index, CancellationToken ct)
    {
        var text = request.Query["asOf"].ToString();
        if (text is "") return (null, null);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return (new(position), null);
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, utc, out var time)
            ? (await index.At(time, ct), null)
            : (null, $"asOf must be a position or a time such as 2026-03-01T00:00:00Z, not '{text}'");
    }
}
