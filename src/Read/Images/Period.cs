using System.Globalization;

namespace Dlcs.Read.Images;

/// <summary>
/// A time as people write it: <c>2026</c> is the whole year, <c>2026-03</c> the month, <c>2026-03-01T12:00</c> the
/// minute. UTC where no offset is given.
/// </summary>
/// <param name="First">Its first moment.</param>
/// <param name="Last">Its last one.</param>
internal readonly record struct Period(DateTimeOffset First, DateTimeOffset Last)
{
    private static readonly (string Form, Func<DateTimeOffset, DateTimeOffset> Next)[] Forms =
    [
        ("yyyy", t => t.AddYears(1)), ("yyyy-MM", t => t.AddMonths(1)), ("yyyy-MM-dd", t => t.AddDays(1)),
        ("yyyy-MM-dd'T'HH:mmK", t => t.AddMinutes(1)), ("yyyy-MM-dd'T'HH:mm:ssK", t => t.AddSeconds(1)),
        ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", t => t.AddTicks(1)),
    ];

    /// <summary><c>2026-01..2026-03</c>, <c>2026-01..</c>, <c>..2026-03</c>, or one period alone.</summary>
    /// <returns><c>null</c>: it is none of them.</returns>
    public static FieldRange? Range(ImageField field, string text)
    {
        var ends = text.Split("..");
        if (ends.Length > 2 || ends.All(end => end is "")) return null;
        var periods = Array.ConvertAll(ends, Parse);
        if (ends.Zip(periods).Any(end => end is { First: not "", Second: null })) return null;
        return new(field, Value(periods[0]?.First), Value(periods[^1]?.Last));
    }

    private static Period? Parse(string text)
    {
        var escaped = text.Replace(' ', '+'); // a plus that the client did not escape arrives as a space
        foreach (var (form, next) in Forms)
        {
            const DateTimeStyles utc = DateTimeStyles.AssumeUniversal;
            if (DateTimeOffset.TryParseExact(escaped, form, CultureInfo.InvariantCulture, utc, out var first))
                return first.Year < 9999 ? new(first, next(first).AddTicks(-1)) : null;
        }
        return null;
    }

    private static FieldValue? Value(DateTimeOffset? time) => time is { } t ? new FieldValue(null, t.UtcTicks) : null;
}
