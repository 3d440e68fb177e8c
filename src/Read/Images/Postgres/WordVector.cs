using System.Globalization;
using System.Text;
using Dlcs.Read.Images.Searching;

namespace Dlcs.Read.Images.Postgres;

/// <summary>
/// The words of an image as PostgreSQL keeps them: a literal of type tsvector, which is cast where it is indexed and
/// searched. No dictionary of PostgreSQL's has a say. Words are letters, digits and marks, so that nothing is escaped.
/// </summary>
internal static class WordVector
{
    /// <summary>In SQL.</summary>
    public const string Cast = "(words::tsvector)";

    /// <summary><c>folio:1 1r:2 book:4</c></summary>
    public static string Of(ImageView view)
    {
        var text = new StringBuilder(256);
        foreach (var word in ImageWords.Of(view))
            text.Append(word.Text).Append(CultureInfo.InvariantCulture, $":{word.Position} ");
        return text.ToString();
    }

    /// <summary><c>'blue' &amp; 'folio' &lt;-&gt; 'rec':*</c></summary>
    public static string Query(TextQuery query) => string.Join(" & ", query.Terms.Select(Query));

    private static string Query(TextTerm term) =>
        string.Join(" <-> ", term.Words.Select(w => $"'{w}'")) + (term.Prefix ? ":*" : "");
}
