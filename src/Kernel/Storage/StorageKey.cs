using System.Buffers;

namespace Dlcs.Kernel.Storage;

/// <summary>
/// Where an object is: segments of ASCII letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, joined by slashes. No
/// segment begins with a dot, so that a key can lead nowhere else.
/// </summary>
/// <exception cref="ArgumentException">It is not like that, or longer than 512 characters.</exception>
public readonly record struct StorageKey(string Value)
{
    private const int MaxLength = 512;
    private const int MaxSegment = 200;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-");

    public string Value { get; } = IsKey(Value)
        ? Value : throw new ArgumentException($"'{Value}' is not a key of storage", nameof(Value));

    /// <summary>The key of a customer's object by its content: <c>2/pyramids/ab/abcd….zip</c>.</summary>
    /// <param name="sha256">Lower-case hex.</param>
    public static StorageKey Of(int customer, string kind, string sha256, string extension) =>
        new(FormattableString.Invariant($"{customer}/{kind}/{sha256[..2]}/{sha256}.{extension}"));

    public static bool IsKey(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength) return false;
        foreach (var segment in text.Split('/'))
            if (!IsSegment(text[segment])) return false;
        return true;
    }

    public override string ToString() => Value;

    private static bool IsSegment(ReadOnlySpan<char> segment) =>
        segment.Length is > 0 and <= MaxSegment && segment[0] is not '.' && !segment.ContainsAnyExcept(Allowed);
}
