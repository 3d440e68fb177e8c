using System.Globalization;
using Dlcs.Read.Images;

namespace Dlcs.Iiif.NamedQueries;

/// <summary>Puts arguments into a template's clauses.</summary>
internal static class Filling
{
    private static readonly string[] Replaceable = ["s1", "s2", "s3", "n1", "n2", "n3"];

    public static Selection Fill(IReadOnlyList<Clause> clauses, IReadOnlyList<string> arguments)
    {
        var criteria = new Dictionary<string, Criterion>(StringComparer.Ordinal);
        string? spaceName = null;
        IReadOnlyList<Order> order = [];
        foreach (var clause in clauses)
        {
            var (text, fault) = Argument(clause, arguments);
            if (fault is not null) return new Selection.Fault(fault);
            switch (clause)
            {
                case Clause.InOrder ordered:
                    order = ordered.OrderBy;
                    break;
                case Clause.SpaceName when text is { Length: > 0 }:
                    spaceName = text;
                    break;
                case not Clause.SpaceName when text is { Length: > 0 }:
                    if (Criterion(clause, text) is not { } criterion) return NotNumeric(clause, text);
                    if (criterion.Values is not []) criteria[clause.Key] = criterion;
                    break;
            }
        }
        return new Selection.Images(
            [.. criteria.Values], criteria.ContainsKey("space") ? null : spaceName, order, Pdf(clauses, criteria));
    }

    /// <summary>The text that a clause gets; none when its argument was left out or it takes none.</summary>
    private static (string? Text, string? Fault) Argument(Clause clause, IReadOnlyList<string> arguments) =>
        (clause as Clause.Asking)?.Value switch
        {
            Value.Literal literal => (literal.Text, null),
            Value.Parameter p when p.Number <= arguments.Count => (arguments[p.Number - 1], null),
            Value.Parameter p when arguments is [] => (null, Invariant(
                $"This query needs arguments: '{clause.Key}' is argument {p.Number}, none was given.")),
            Value.Faulty faulty =>
                (null, $"The template of this query is faulty: '{clause.Key}={faulty.Text}' names no argument."),
            _ => (null, null),
        };

    /// <summary><c>null</c> where a number is wanted and is not there.</summary>
    private static Criterion? Criterion(Clause clause, string text) => clause switch
    {
        Clause.Text c => new Criterion(c.Field, text),
        Clause.AnyText c => new Criterion(c.Field, List(text)),
        Clause.Number c when Number(c.Field, text) is { } number => new Criterion(c.Field, number),
        Clause.AnyNumber c when List(text).Select(t => Number(c.Field, t)).ToArray() is var numbers
            && numbers.All(n => n is not null) => new Criterion(c.Field, numbers.OfType<long>()),
        _ => null,
    };

    private static string[] List(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Ids of spaces and batches have 32 bits, an image's numbers 64.</summary>
    private static long? Number(ImageField field, string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
        && (field is not (ImageField.Space or ImageField.Batches) || n is >= 0 and <= int.MaxValue)
            ? n : null;

    private static Selection.Fault NotNumeric(Clause clause, string text) => new(clause is Clause.AnyNumber
        ? $"'{clause.Key}' takes whole numbers, separated by commas, and got '{text}'."
        : $"'{clause.Key}' takes a whole number, and got '{text}'.");

    private static PdfTexts Pdf(IReadOnlyList<Clause> clauses, Dictionary<string, Criterion> criteria) =>
        clauses.OfType<Clause.PdfText>().Aggregate(new PdfTexts(), (pdf, clause) => clause.Key switch
        {
            "objectname" => pdf with { ObjectName = Replaced(clause.Pattern, criteria) },
            "coverpage" => pdf with { CoverPage = Replaced(clause.Pattern, criteria) },
            _ => pdf with { RedactedMessage = clause.Pattern },
        });

    private static string Replaced(string pattern, Dictionary<string, Criterion> criteria) =>
        Replaceable.Aggregate(pattern, (text, key) => text.Replace(
            $"{{{key}}}", criteria.TryGetValue(key, out var c) ? Shown(c.Values[0]) : "", StringComparison.Ordinal));

    private static string Shown(FieldValue value) => value.Text ?? Invariant($"{value.Number}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
