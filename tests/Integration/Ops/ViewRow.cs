using System.Globalization;

namespace Dlcs.Integration.Ops;

/// <summary>A line of what <c>dlcs views</c> prints, as far as it is not broken.</summary>
internal sealed record ViewRow(string View, int Generation, long Position, int Lag, string State)
{
    private static readonly string[] Columns = ["view", "generation", "position", "lag", "state"];

    public static IReadOnlyList<ViewRow> Of(string said)
    {
        var rows = said.Split('\n').Select(line => line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries
            | StringSplitOptions.TrimEntries)).SkipWhile(row => !row.SequenceEqual(Columns)).ToList();
        rows.ShouldNotBeEmpty(said);
        return [.. rows.Skip(1).Where(row => row is [_, [>= '0' and <= '9', ..], ..]).Select(row => new ViewRow(
            row[0], Number(row[1]), long.Parse(row[2], CultureInfo.InvariantCulture), Number(row[3]), row[4]))];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
