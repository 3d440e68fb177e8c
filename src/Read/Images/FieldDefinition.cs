namespace Dlcs.Read.Images;

/// <summary>What kind of values a field holds: every index keeps it accordingly.</summary>
public enum FieldKind
{
    /// <summary>A short text: found and sorted by all of it.</summary>
    Text,

    /// <summary>A text of any length: found by all of it, sorted by its beginning.</summary>
    LongText,

    /// <summary>Several short texts. Nothing is sorted by them.</summary>
    Texts,

    /// <summary>64 bits.</summary>
    Number,

    /// <summary>The number of a space or a batch: 1 and up, 31 bits.</summary>
    Id,

    /// <summary>Several of them. Nothing is sorted by them.</summary>
    Ids,

    /// <summary>UTC ticks.</summary>
    Time,

    /// <summary>1 or 0.</summary>
    Flag,
}

/// <summary>What the API lets its clients do with a field.</summary>
[Flags]
public enum FieldUses
{
    /// <summary>Nothing: it is for the program's own queries.</summary>
    None = 0,

    /// <summary>Images are selected by it, as a member of <c>q</c>.</summary>
    Select = 1,

    /// <summary>As a parameter of a URL too: its name means nothing else there, and will not come to.</summary>
    Parameter = 2,

    /// <summary><c>orderBy</c></summary>
    Order = 4,

    /// <summary><c>facets</c></summary>
    Facet = 8,
}

/// <summary>A field of an image that can be asked for: all that the API and every index need to know of it.</summary>
/// <param name="Column">How every index names it.</param>
public sealed record FieldDefinition(ImageField Field, string Column, FieldKind Kind, FieldUses Uses)
{
    /// <summary>What an image holds, of a <see cref="FieldKind.Text"/> or <see cref="FieldKind.LongText"/>.</summary>
    public Func<ImageView, string> Text { get; init; } = NotSo<string>;

    /// <summary>Of <see cref="FieldKind.Texts"/>.</summary>
    public Func<ImageView, IReadOnlyList<string>> Texts { get; init; } = NotSo<IReadOnlyList<string>>;

    /// <summary>
    /// Of a <see cref="FieldKind.Number"/>, <see cref="FieldKind.Id"/>, <see cref="FieldKind.Time"/> or
    /// <see cref="FieldKind.Flag"/>; <c>null</c>: the image has none (<see cref="MayLack"/>).
    /// </summary>
    public Func<ImageView, long?> Number { get; init; } = NotSo<long?>;

    /// <summary>Of <see cref="FieldKind.Ids"/>.</summary>
    public Func<ImageView, IReadOnlyList<int>> Ids { get; init; } = NotSo<IReadOnlyList<int>>;

    /// <summary>Whether there may be no value: such images stand behind all others, and are in no range.</summary>
    public bool MayLack { get; init; }

    public bool IsText => Kind is FieldKind.Text or FieldKind.LongText;

    public bool IsList => Kind is FieldKind.Texts or FieldKind.Ids;

    private static T NotSo<T>(ImageView view) => throw new InvalidOperationException("the field holds another kind");
}
