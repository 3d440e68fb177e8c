using System.Globalization;

namespace Dlcs.Read.Images;

/// <summary>What a request has asked for so far, by the fields' names.</summary>
internal sealed class Asked
{
    private readonly Dictionary<string, List<FieldValue>> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FieldRange> ranges = new(StringComparer.Ordinal);

    /// <summary>Words to search for; several of them are searched for together.</summary>
    public string Text { get; private set; } = "";

    public IEnumerable<FieldRange> Ranges => ranges.Values;

    public IEnumerable<(string Name, IReadOnlyList<FieldValue> Values)> Values =>
        values.Select(v => (v.Key, (IReadOnlyList<FieldValue>)v.Value));

    public void Forget(string name)
    {
        if (name is "text") Text = "";
        values.Remove(name);
        ranges.Remove(name);
    }

    /// <summary>One value more; what a field holds must be one of them. A range stands for itself.</summary>
    /// <returns>A sentence that says what is wrong with it.</returns>
    public string? Add(string name, string text)
    {
        if (text.Contains('\0')) return $"{name} must not hold U+0000";
        if (name is "text")
        {
            Text = Text is "" ? text : $"{Text} {text}";
            return null;
        }
        var (field, kind) = (QueryFields.Field(name), QueryFields.Of(name).Kind);
        if (kind is FieldKind.Time) return Between(name, text, Period.Range(field, text));
        if (kind is FieldKind.Number && text.Contains("..", StringComparison.Ordinal))
            return Between(name, text, NumberRange(field, text));
        if (ranges.ContainsKey(name)) return $"{name} can be one range, or values, not both";

        var value = new FieldValue(text, 0);
        if (kind is FieldKind.Number or FieldKind.Id)
        {
            if (!Number(text, out var number)) return $"{name} must be a whole number, not '{text}'";
            value = new(null, number);
        }
        if (!values.TryGetValue(name, out var several)) values[name] = several = [];
        several.Add(value);
        return null;
    }

    private string? Between(string name, string text, FieldRange? range)
    {
        if (range is null)
        {
            var right = QueryFields.Of(name).Kind is FieldKind.Time
                ? "a date, or a range such as 2026-01..2026-03, 2026-03-01T12:00Z.. or ..2025"
                : "a range of whole numbers such as 10..20, 10.. or ..20";
            return $"{name} must be {right}, not '{text}'";
        }
        return values.ContainsKey(name) || !ranges.TryAdd(name, range)
            ? $"{name} can be one range, or values, not both" : null;
    }

    private static FieldRange? NumberRange(ImageField field, string text)
    {
        if (text is ".." || text.Split("..") is not [var from, var to]) return null;
        return End(from, out var least) && End(to, out var most) ? new(field, least, most) : null;
    }

    private static bool End(string text, out FieldValue? end)
    {
        end = null;
        if (text is "") return true;
        if (!Number(text, out var number)) return false;
        end = new(null, number);
        return true;
    }

    private static bool Number(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
