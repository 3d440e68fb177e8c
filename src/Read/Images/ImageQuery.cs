using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Read.Images;

/// <summary>
/// Which images, in what order. Every criterion must hold. Ties in the order are broken by id (space, then name), in
/// the direction of the order's last field, so that the other direction is the same list backwards.
/// </summary>
/// <param name="Customer">Whose; nobody else's are ever seen.</param>
/// <param name="Ready">Only those that can be served.</param>
/// <param name="AsOf">As they stood at that position; <c>null</c>: now.</param>
/// <param name="Skip">Leave out so many of the first.</param>
/// <param name="Take">At most so many; <c>null</c>: all.</param>
public sealed record ImageQuery(
    int Customer, IReadOnlyList<Criterion> Where, IReadOnlyList<Order> OrderBy, bool Ready = false,
    Position? AsOf = null, int Skip = 0, int? Take = null)
{
    /// <summary>Words that must be found in the strings, the tags and the label; <c>null</c>: none asked for.</summary>
    public TextQuery? Text { get; init; }

    /// <summary>What fields must lie between.</summary>
    public IReadOnlyList<FieldRange> Ranges { get; init; } = [];

    /// <summary>Fields whose values are to be counted over everything that is selected.</summary>
    public IReadOnlyList<ImageField> Facets { get; init; } = [];

    /// <summary>Begin behind that image instead of skipping: as fast however deep.</summary>
    public Cursor? After { get; init; }
}

/// <summary>
/// Words, phrases and beginnings of words, folded as <see cref="Searching.ImageWords"/> folds an image's own.
/// </summary>
/// <param name="Terms">Every one must be found; at least one.</param>
public sealed record TextQuery(IReadOnlyList<TextTerm> Terms);

/// <param name="Words">One word; more of them are a phrase: at positions that follow each other.</param>
/// <param name="Prefix">The last word need only begin so.</param>
public sealed record TextTerm(IReadOnlyList<string> Words, bool Prefix = false);

/// <summary>
/// Both ends belong to it; an end that is <c>null</c> is open. Numbers, and times as UTC ticks. What has no value is
/// in no range.
/// </summary>
public sealed record FieldRange(ImageField Field, FieldValue? From, FieldValue? To);

/// <summary>Where an image stands in an order: its values of the order's fields, then its id.</summary>
/// <param name="Values">One for each field of <see cref="ImageQuery.OrderBy"/>; times as UTC ticks.</param>
public sealed record Cursor(IReadOnlyList<FieldValue> Values, ImageId Id)
{
    /// <summary>Not finished, in no batch: greater than every value.</summary>
    public static FieldValue Nothing { get; } = new(null, long.MaxValue);

    /// <summary>Where the image stands: a page that begins behind it goes on after it.</summary>
    public static Cursor At(ImageView view, IReadOnlyList<Order> orderBy) =>
        new([.. orderBy.Select(o => ImageFields.Value(view, o.Field))], view.Id);
}

/// <summary>What a field must hold: one of the values (<paramref name="All"/>: each of them).</summary>
public sealed record Criterion(ImageField Field, IReadOnlyList<FieldValue> Values, bool All = false)
{
    public Criterion(ImageField field, params IEnumerable<string> values)
        : this(field, [.. values.Select(v => new FieldValue(v, 0))]) { }

    public Criterion(ImageField field, params IEnumerable<long> values)
        : this(field, [.. values.Select(v => new FieldValue(null, v))]) { }
}

/// <summary>Text, or else a number.</summary>
public readonly record struct FieldValue(string? Text, long Number);

/// <summary>
/// Texts compare by code point, long ones by their beginning (<see cref="ImageFields.Sorted"/>). There is no order by
/// a list.
/// </summary>
public sealed record Order(ImageField Field, bool Descending = false);

/// <summary>What can be asked for. <c>Batch</c> is the current one, <c>Batches</c> any it ever came with.</summary>
public enum ImageField
{
    Id, Space, String1, String2, String3, Number1, Number2, Number3, Tags, Roles, Manifests, Batch, Batches,
    Created, Finished, Width, Height, MediaType, Origin, Error, Ingesting, MaxUnauthorised,
}

/// <param name="Total">How many there are in all.</param>
public sealed record ImagePage(IReadOnlyList<ImageView> Images, long Total)
{
    /// <summary>One for each of <see cref="ImageQuery.Facets"/>.</summary>
    public IReadOnlyList<Facet> Facets { get; init; } = [];
}

/// <param name="Values">
/// The most frequent first, ties in ascending order; at most <see cref="Most"/>. An empty text is no value.
/// </param>
public sealed record Facet(ImageField Field, IReadOnlyList<FacetValue> Values)
{
    public const int Most = 100;
}

/// <param name="Count">How many of the selected images have it.</param>
public sealed record FacetValue(FieldValue Value, long Count);
