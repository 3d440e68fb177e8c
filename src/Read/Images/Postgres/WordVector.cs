using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Dlcs.Read.Images.Searching;
using Dlcs.Read.Projecting;

namespace Dlcs.Read.Images.Postgres;

/// <summary>
/// The words of an image as PostgreSQL keeps them, a tsvector: no dictionary of PostgreSQL's has a say. Whose image it
/// is stands among them (<c>#2</c>, <c>#2/5</c>), so that one index answers what a customer, or a space, has of a word.
/// </summary>
internal static class WordVector
{
    public static Column<ImageView> InColumn(string name) => new(
        name, "tsvector", (view, row) => row.Value(view, Binary), view => Column.Unread(Literal(view)));

    /// <summary><c>'#2' 'folio':1 '1r':2</c>. Words are letters, digits and marks: nothing is escaped.</summary>
    private static string Literal(ImageView view)
    {
        var text = new StringBuilder(256).Append(
            CultureInfo.InvariantCulture, $"'#{view.Id.Space}' '#{view.Id.Customer}'");
        foreach (var word in ImageWords.Of(view))
            text.Append(CultureInfo.InvariantCulture, $" '{word.Text}':{word.Position}");
        return text.ToString();
    }

    /// <summary>
    /// How many lexemes; of each, as C strings, its text, how many positions, the positions. PostgreSQL sorts them.
    /// </summary>
    private static void Binary(ImageView view, IBufferWriter<byte> bytes)
    {
        var words = CollectionsMarshal.AsSpan(ImageWords.Of(view));
        words.Sort(ByText);
        var lexemes = 0;
        for (var i = 0; i < words.Length; i++) if (Starts(words, i)) lexemes++;
        BinaryPrimitives.WriteInt32BigEndian(Next(4), lexemes + 2);
        Lexeme(FormattableString.Invariant($"#{view.Id.Customer}"), []);
        Lexeme($"#{view.Id.Space}", []);
        for (int first = 0, next; first < words.Length; first = next)
        {
            for (next = first + 1; next < words.Length && !Starts(words, next);) next++;
            Lexeme(words[first].Text, words[first..next]);
        }

        void Lexeme(string text, ReadOnlySpan<PlacedWord> places)
        {
            Encoding.UTF8.GetBytes(text, bytes);
            Next(1)[0] = 0;
            BinaryPrimitives.WriteUInt16BigEndian(Next(2), (ushort)places.Length);
            foreach (var place in places) BinaryPrimitives.WriteUInt16BigEndian(Next(2), (ushort)place.Position);
        }

        Span<byte> Next(int count)
        {
            var span = bytes.GetSpan(count)[..count];
            bytes.Advance(count);
            return span;
        }
    }

    private static int ByText(PlacedWord one, PlacedWord other) =>
        string.CompareOrdinal(one.Text, other.Text) is not 0 and var order
            ? order : one.Position.CompareTo(other.Position);

    private static bool Starts(ReadOnlySpan<PlacedWord> words, int at) =>
        at is 0 || words[at].Text != words[at - 1].Text;

    /// <summary><c>'#2' &amp; 'blue' &amp; 'folio' &lt;-&gt; 'rec':*</c></summary>
    /// <param name="group">Whose: a customer, or a space.</param>
    public static string Query(TextQuery query, string group) => string.Join(
        " & ", query.Terms.Select(Query).Prepend($"'#{group}'"));

    private static string Query(TextTerm term) =>
        string.Join(" <-> ", term.Words.Select(w => $"'{w}'")) + (term.Prefix ? ":*" : "");
}
