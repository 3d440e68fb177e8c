namespace Dlcs.Host.Commands.Adding;

/// <summary>As people sort: <c>page 2</c> before <c>page 10</c>. Digits are numbers, case does not count.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Comparer { get; } = new();

    public int Compare(string? x, string? y)
    {
        var a = x.AsSpan();
        var b = y.AsSpan();
        while (a.Length > 0 && b.Length > 0)
        {
            var first = Step(a);
            var second = Step(b);
            var order = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0])
                ? Number(a[..first], b[..second])
                : char.ToUpperInvariant(a[0]) - char.ToUpperInvariant(b[0]);
            if (order is not 0) return order;
            a = a[first..];
            b = b[second..];
        }

        return a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(x, y);
    }

    /// <summary>What is compared at once: a whole number, or one character.</summary>
    private static int Step(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return Math.Max(1, end);
    }

    private static int Number(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length - b.Length : a.SequenceCompareTo(b);
    }
}
