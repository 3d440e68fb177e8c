using Dlcs.Kernel.Events;

namespace Dlcs.Read.Images;

/// <summary>Which images, in what order. Every criterion must hold; ties in the order are broken by id.</summary>
/// <param name="Customer">Whose; nobody else's are ever seen.</param>
/// <param name="Ready">Only those that can be served.</param>
/// <param name="AsOf">As they stood at that position; <c>null</c>: now.</param>
/// <param name="Skip">Leave out so many of the first.</param>
/// <param name="Take">At most so many; <c>null</c>: all.</param>
public sealed record ImageQuery(
    int Customer, IReadOnlyList<Criterion> Where, IReadOnlyList<Order> OrderBy, bool Ready = false,
    Position? AsOf = null, int Skip = 0, int? Take = null);

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

/// <summary>Strings compare ordinally.</summary>
public sealed record Order(ImageField Field, bool Descending = false);

/// <summary>What can be asked for. <c>Batch</c> is the current one, <c>Batches</c> any it ever came with.</summary>
public enum ImageField
{
    Id, Space, String1, String2, String3, Number1, Number2, Number3, Tags, Roles, Manifests, Batch, Batches,
    Created, Finished, Width, Height, MediaType, Origin, Error, Ingesting, MaxUnauthorised,
}

/// <param name="Total">How many there are in all.</param>
public sealed record ImagePage(IReadOnlyList<ImageView> Images, long Total);
