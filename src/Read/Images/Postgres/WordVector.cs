using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
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
    public static RawValue Of(ImageView view) => new(() => Literal(view), () => Binary(view));

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
    private static byte[] Binary(ImageView view)
    {
        var lexemes = new Dictionary<string, List<int>>(StringComparer.Ordinal)
        {
            [FormattableString.Invariant($"#{view.Id.Customer}")] = [],
            [$"#{view.Id.Space}"] = [],
        };
        foreach (var word in ImageWords.Of(view))
        {
            if (!lexemes.TryGetValue(word.Text, out var positions)) lexemes[word.Text] = positions = new(1);
            positions.Add(word.Position);
        }

        var bytes = new ArrayBufferWriter<byte>(256);
        BinaryPrimitives.WriteInt32BigEndian(Next(4), lexemes.Count);
        foreach (var (text, positions) in lexemes)
        {
            Encoding.UTF8.GetBytes(text, bytes);
            Next(1)[0] = 0;
            BinaryPrimitives.WriteUInt16BigEndian(Next(2), (ushort)positions.Count);
            foreach (var position in positions) BinaryPrimitives.WriteUInt16BigEndian(Next(2), (ushort)position);
        }
        return bytes.WrittenSpan.ToArray();

        Span<byte> Next(int count)
        {
            var span = bytes.GetSpan(count)[..count];
            bytes.Advance(count);
            return span;
        }
    }

    /// <summary><c>'#2' &amp; 'blue' &amp; 'folio' &lt;-&gt; 'rec':*</c></summary>
    /// <param name="group">Whose: a customer, or a space.</param>
    public static string Query(TextQuery query, string group) => string.Join(
        " & ", query.Terms.Select(Query).Prepend($"'#{group}'"));

    private static string Query(TextTerm term) =>
        string.Join(" <-> ", term.Words.Select(w => $"'{w}'")) + (term.Prefix ? ":*" : "");
}
