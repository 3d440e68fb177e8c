using System.Text;

namespace Dlcs.Read.Images.Searching;

/// <summary>Where in an image a text query was found. Computed here, whichever engine found it.</summary>
/// <param name="Field">As the API names it.</param>
/// <param name="Fragments">HTML: escaped, with what was found in <c>em</c>.</param>
public sealed record Highlight(string Field, IReadOnlyList<string> Fragments);

public static class Highlights
{
    /// <summary>Texts up to this length are shown whole.</summary>
    private const int Whole = 200;

    private const int Around = 60;
    private const int MostFragments = 3;

    /// <summary>The fields in which something was found, each with what it reads like.</summary>
    public static IReadOnlyList<Highlight> Of(ImageView view, TextQuery query) =>
    [
        .. from text in ImageWords.Texts(view)
           from fragment in Fragments(text.Text, Found(text.Text, query))
           group fragment by text.Field into field
           select new Highlight(field.Key, [.. field])
    ];

    /// <summary>The stretches of the text that belong to what was asked for, in order, apart from each other.</summary>
    private static List<Range> Found(string text, TextQuery query)
    {
        var words = Analyser.Words(text);
        var found = new List<(int Start, int End)>();
        foreach (var term in query.Terms)
            for (var at = 0; at + term.Words.Count <= words.Count; at++)
                if (IsAt(term, words, at)) found.AddRange(Stretches(term, words, at));
        return Apart(found);
    }

    private static bool IsAt(TextTerm term, List<Word> words, int at)
    {
        var last = term.Words.Count - 1;
        for (var i = 0; i <= last; i++)
        {
            var (asked, word) = (term.Words[i], words[at + i].Text);
            if (!(term.Prefix && i == last ? word.StartsWith(asked, StringComparison.Ordinal) : word == asked))
                return false;
        }
        return true;
    }

    private static IEnumerable<(int Start, int End)> Stretches(TextTerm term, List<Word> words, int at)
    {
        for (var i = 0; i < term.Words.Count; i++)
        {
            var word = words[at + i];
            var begun = word.IsPair && word.Text != term.Words[i]; // only its first letter was asked for
            yield return (word.Start, begun ? word.End : word.Reach);
        }
    }

    private static List<Range> Apart(List<(int Start, int End)> found)
    {
        var apart = new List<Range>();
        foreach (var (start, end) in found.Order())
        {
            if (apart is [.., var last] && start <= last.End.Value)
                apart[^1] = last.Start..Math.Max(last.End.Value, end);
            else apart.Add(start..end);
        }
        return apart;
    }

    private static IEnumerable<string> Fragments(string text, List<Range> found)
    {
        if (found is []) yield break;
        if (text.Length <= Whole)
        {
            yield return Marked(text, 0..text.Length, found);
            yield break;
        }

        var shown = 0;
        for (var count = 0; count < MostFragments; count++)
        {
            var next = found.FindIndex(f => f.Start.Value >= shown);
            if (next < 0) yield break;
            var start = Math.Max(shown, WordBefore(text, found[next].Start.Value - Around));
            shown = WordBehind(text, Math.Max(found[next].End.Value, start + Whole - Around));
            if (found.Find(f => f.Start.Value < shown && f.End.Value > shown) is { End.Value: > 0 and var end })
                shown = end; // it is shown whole
            yield return (start > 0 ? "…" : "") + Marked(text, start..shown, found) + (shown < text.Length ? "…" : "");
        }
    }

    /// <summary>The nearest place at or before that one, within reach, where a word begins.</summary>
    private static int WordBefore(string text, int at)
    {
        for (var i = at; i > Math.Max(0, at - Around); i--) if (char.IsWhiteSpace(text[i - 1])) return i;
        return Unsplit(text, Math.Max(0, at));
    }

    private static int WordBehind(string text, int at)
    {
        for (var i = at; i < Math.Min(text.Length, at + Around); i++) if (char.IsWhiteSpace(text[i])) return i;
        return Unsplit(text, Math.Min(text.Length, at + Around));
    }

    /// <summary>No character that takes two places is cut in half.</summary>
    private static int Unsplit(string text, int at) =>
        at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;

    private static string Marked(string text, Range part, List<Range> found)
    {
        var html = new StringBuilder();
        var at = part.Start.Value;
        foreach (var stretch in found)
        {
            if (stretch.Start.Value < at || stretch.End.Value > part.End.Value) continue;
            html.Append(Escaped(text[at..stretch.Start.Value])).Append("<em>")
                .Append(Escaped(text[stretch])).Append("</em>");
            at = stretch.End.Value;
        }
        return html.Append(Escaped(text[at..part.End])).ToString();
    }

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);
}
