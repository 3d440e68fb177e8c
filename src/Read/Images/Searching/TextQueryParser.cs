namespace Dlcs.Read.Images.Searching;

/// <summary>
/// Reads what people type to search: every word must be found; <c>"a phrase"</c> side by side; <c>begin*</c> by its
/// beginning, also the last word of a phrase. Capitals and accents do not count.
/// </summary>
public static class TextQueryParser
{
    public const int LongestText = 1000;
    public const int MostTerms = 32;
    public const int MostWords = 100;

    /// <returns>The query, or a sentence that says what is wrong with it.</returns>
    public static (TextQuery? Query, string? Fault) Parse(string text)
    {
        if (text.Length > LongestText) return (null, $"text must be at most {LongestText} characters long");

        var terms = new List<TextTerm>();
        foreach (var piece in Pieces(text))
        {
            if (!piece.Quoted && piece.Text.Contains('*'))
                return (null, $"text: '*' stands at the end of a word, not within '{piece.Text}'");
            if (Term(piece) is { } term) terms.Add(term);
            else if (piece.Prefix) return (null, "text: '*' needs the beginning of a word before it");
        }

        if (terms is []) return (null, $"text: there is no word in '{text}'");
        return terms.Count > MostTerms || terms.Sum(t => t.Words.Count) > MostWords
            ? (null, $"text must have at most {MostTerms} words and phrases, with {MostWords} words in all")
            : (new(terms), null);
    }

    /// <summary>Phrases in quotation marks, and what stands between spaces and quotation marks.</summary>
    private static IEnumerable<Piece> Pieces(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var quoted = IsQuote(text[at]);
            var start = quoted ? at + 1 : at;
            at = start;
            while (at < text.Length && !IsQuote(text[at]) && (quoted || !char.IsWhiteSpace(text[at]))) at++;

            var piece = text[start..at];
            if (quoted && at < text.Length) at++; // a phrase that nobody closed ends with the text
            var behind = quoted && at < text.Length && text[at] is '*';
            if (behind) at++;
            yield return piece is [.. var word, '*'] ? new(word, quoted, true) : new(piece, quoted, behind);
        }
    }

    /// <summary>Straight ones, and those that text processors put in their place.</summary>
    private static bool IsQuote(char c) => c is '"' or '“' or '”' or '„' or '«' or '»';

    private static TextTerm? Term(Piece piece)
    {
        var words = Analyser.Words(piece.Text);
        return words switch
        {
            [] => null,
            // The text may go on behind the last letter, so that it does not stand alone there.
            [.., { IsPair: true }, _] => new([.. words.SkipLast(1).Select(w => w.Text)]),
            [.., var last] => new([.. words.Select(w => w.Text)], piece.Prefix || last.Unspaced),
        };
    }

    private readonly record struct Piece(string Text, bool Quoted, bool Prefix);
}
