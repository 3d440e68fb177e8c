using System.Text;

namespace Dlcs.Read.Images.Elastic;

/// <summary>How the engine orders texts: by their bytes as UTF-8, which is by code point.</summary>
internal sealed class CodePoints : IComparer<string?>
{
    public static CodePoints Order { get; } = new();

    public int Compare(string? x, string? y) =>
        Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}
