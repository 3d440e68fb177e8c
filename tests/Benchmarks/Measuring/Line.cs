namespace Dlcs.Benchmarks.Measuring;

/// <summary>One line of the table that comes out in the end.</summary>
/// <param name="Ok"><c>null</c>: no goal, told for context.</param>
internal sealed record Line(string What, string Measured, string Goal = "", bool? Ok = null)
{
    public string Verdict => Ok switch { true => "ok", false => "missed", null => "" };

    /// <summary>A value that must not be larger.</summary>
    public static Line AtMost(string what, double value, double goal, string unit) =>
        new(what, Text(value, unit), $"≤ {Text(goal, unit)}", value <= goal);

    /// <summary>A value that must not be smaller.</summary>
    public static Line AtLeast(string what, double value, double goal, string unit) =>
        new(what, Text(value, unit), $"≥ {Text(goal, unit)}", value >= goal);

    public static Line Note(string what, double value, string unit) => new(what, Text(value, unit));

    private static string Text(double value, string unit) =>
        $"{value.ToString(Format(value), CultureInfo.InvariantCulture)} {unit}".Trim();

    private static string Format(double value) => Math.Abs(value) switch
    {
        < 10 => "0.##",
        < 100 => "0.#",
        _ => "#,0",
    };
}
