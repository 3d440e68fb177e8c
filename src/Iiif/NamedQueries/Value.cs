using System.Globalization;

namespace Dlcs.Iiif.NamedQueries;

/// <summary>What a pair of a template says after the equals sign.</summary>
public abstract record Value
{
    private Value() { }

    public sealed record Literal(string Text) : Value;

    /// <param name="Number">Of the argument, from 1.</param>
    public sealed record Parameter(int Number) : Value;

    /// <summary>It begins like a parameter, but names no argument: <c>p1x</c>, <c>param</c>, <c>p0</c>.</summary>
    public sealed record Faulty(string Text) : Value;

    internal static Value Parse(string text) => text switch
    {
        not ['p', _, ..] => new Literal(text),
        [_, .. var n] when int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 => new Parameter(number),
        _ => new Faulty(text),
    };
}
