namespace Dlcs.Iiif.NamedQueries;

/// <summary>
/// A named query's text, read once. Reading never fails: what is wrong shows when the template meets its arguments.
/// <code>
/// template = pair *( "&amp;" pair )          a pair that is not key=value is ignored, as is an unknown key
/// pair     = key "=" value                keys are case-sensitive; of one key given twice the last counts
/// value    = "p" number                   that argument of the URL, counted from 1; beyond the last: no criterion
///          / text                         itself, when it does not begin with p (a lone p is text)
///
/// space spacename                         the space by id; by name where no id is given
/// s1 s2 s3 n1 n2 n3                       string1..3 and number1..3, equal
/// batch manifest                          one of those listed with commas; batch: any that the image came with;
///                                         manifest=s1 to n3, as templates of 2016 have it, is ignored
/// canvas assetOrder                       the order: field *( ";" field ), field = n1..s3 [ (" " / "+") "desc" ]
/// #                                       a default: stands behind the URL's arguments, in the template's order
/// objectname coverpage redactedmessage    of generated PDFs; {s1}..{n3} stand for the values that were given
/// </code>
/// All criteria must hold; ties in the order are broken by the image's id; strings compare ordinally.
/// </summary>
/// <param name="Text">As it was defined.</param>
/// <param name="Clauses">The pairs that mean something, in the order of the text.</param>
/// <param name="Defaults">The values of <c>#</c>, in the order of the text.</param>
public sealed record Template(string Text, IReadOnlyList<Clause> Clauses, IReadOnlyList<string> Defaults)
{
    public static Template Parse(string text)
    {
        var pairs = text.Split('&').Select(Pair).OfType<(string Key, string Value)>().ToArray();
        return new Template(
            text,
            [.. pairs.Select(p => Clause.Of(p.Key, p.Value)).OfType<Clause>()],
            [.. pairs.Where(p => p.Key is "#").Select(p => p.Value)]);
    }

    /// <summary>What the template selects with these arguments.</summary>
    /// <param name="arguments">Of the URL, decoded; what the template does not ask for is ignored.</param>
    public Selection With(IReadOnlyList<string> arguments) =>
        string.IsNullOrWhiteSpace(Text)
            ? new Selection.Fault("The template of this query is empty.")
            : Filling.Fill(Clauses, [.. arguments, .. Defaults]);

    private static (string Key, string Value)? Pair(string text) =>
        text.Split('=', StringSplitOptions.RemoveEmptyEntries) is [var key, var value] ? (key, value) : null;
}
