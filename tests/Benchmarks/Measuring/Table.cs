namespace Dlcs.Benchmarks.Measuring;

/// <summary>Lines in columns.</summary>
internal static class Table
{
    public static string Of(IReadOnlyList<Line> lines)
    {
        string[] head = ["what", "measured", "goal", ""];
        var rows = lines.Select(l => new[] { l.What, l.Measured, l.Goal, l.Verdict }).Prepend(head).ToList();
        var widths = Enumerable.Range(0, head.Length).Select(c => rows.Max(r => r[c].Length)).ToArray();
        return string.Join('\n', rows.Select(row =>
            string.Join("  ", row.Select((cell, c) => Cell(cell, c, widths[c]))).TrimEnd()));
    }

    private static string Cell(string text, int column, int width) =>
        column is 1 or 2 ? text.PadLeft(width) : text.PadRight(width);
}
