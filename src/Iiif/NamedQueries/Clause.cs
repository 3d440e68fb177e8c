using Dlcs.Read.Images;

namespace Dlcs.Iiif.NamedQueries;

/// <summary>One pair of a template that means something. Each form is one case.</summary>
/// <param name="Key">As the template writes it; faults name it.</param>
public abstract record Clause(string Key)
{
    /// <summary>Takes a value, which may be an argument.</summary>
    public abstract record Asking(string Key, Value Value) : Clause(Key);

    /// <summary>The field is equal to the text.</summary>
    public sealed record Text(string Key, ImageField Field, Value Value) : Asking(Key, Value);

    /// <summary>The field is equal to the number.</summary>
    public sealed record Number(string Key, ImageField Field, Value Value) : Asking(Key, Value);

    /// <summary>The field holds one of the texts, listed with commas.</summary>
    public sealed record AnyText(string Key, ImageField Field, Value Value) : Asking(Key, Value);

    /// <summary>The field holds one of the numbers, listed with commas.</summary>
    public sealed record AnyNumber(string Key, ImageField Field, Value Value) : Asking(Key, Value);

    /// <summary>The space of that name, unless a space is given by id.</summary>
    public sealed record SpaceName(string Key, Value Value) : Asking(Key, Value);

    public sealed record InOrder(string Key, IReadOnlyList<Order> OrderBy) : Clause(Key);

    /// <summary>A text for generated PDFs, in which <c>{s1}</c>..<c>{n3}</c> are replaced.</summary>
    public sealed record PdfText(string Key, string Pattern) : Clause(Key);

    /// <summary><c>null</c> for a key that means nothing.</summary>
    internal static Clause? Of(string key, string value) => key switch
    {
        "space" => new Number(key, ImageField.Space, Value.Parse(value)),
        "spacename" => new SpaceName(key, Value.Parse(value)),
        "s1" => new Text(key, ImageField.String1, Value.Parse(value)),
        "s2" => new Text(key, ImageField.String2, Value.Parse(value)),
        "s3" => new Text(key, ImageField.String3, Value.Parse(value)),
        "n1" => new Number(key, ImageField.Number1, Value.Parse(value)),
        "n2" => new Number(key, ImageField.Number2, Value.Parse(value)),
        "n3" => new Number(key, ImageField.Number3, Value.Parse(value)),
        "batch" => new AnyNumber(key, ImageField.Batches, Value.Parse(value)),
        // In 2016 it named the field by whose values images were put into manifests.
        "manifest" when value is "s1" or "s2" or "s3" or "n1" or "n2" or "n3" => null,
        "manifest" => new AnyText(key, ImageField.Manifests, Value.Parse(value)),
        "canvas" or "assetOrder" => new InOrder(key, Ordering.Parse(value)),
        "objectname" or "coverpage" or "redactedmessage" => new PdfText(key, value),
        _ => null,
    };
}
