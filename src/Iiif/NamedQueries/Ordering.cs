using Dlcs.Read.Images;

namespace Dlcs.Iiif.NamedQueries;

/// <summary>Reads <c>n1;n2 desc;s3+asc</c>.</summary>
internal static class Ordering
{
    /// <summary>An unknown field is the same for every image: it orders nothing and is left out.</summary>
    public static IReadOnlyList<Order> Parse(string text) =>
        [.. text.Split(';').Select(One).OfType<Order>().DistinctBy(o => o.Field)];

    private static Order? One(string text) =>
        text.Split([' ', '+'], StringSplitOptions.RemoveEmptyEntries) is [var field, .. var rest]
        && Field(field) is { } known
            ? new Order(known, rest is [var way, ..] && way.Equals("desc", StringComparison.OrdinalIgnoreCase))
            : null;

    private static ImageField? Field(string name) => name switch
    {
        "s1" => ImageField.String1,
        "s2" => ImageField.String2,
        "s3" => ImageField.String3,
        "n1" => ImageField.Number1,
        "n2" => ImageField.Number2,
        "n3" => ImageField.Number3,
        _ => null,
    };
}
