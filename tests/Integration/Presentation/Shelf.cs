using System.Globalization;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Integration.Presentation;

/// <summary>
/// An image index that remembers every version of every image in a list, and really looks at each of them. One event a
/// minute: position 0 is at <see cref="Began"/>.
/// </summary>
internal sealed class Shelf : IImageIndex
{
    public static readonly DateTimeOffset Began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<(ImageId Id, ImageView? View)> versions = [];

    public int Queries { get; private set; }

    /// <summary>Until then it finds nothing out.</summary>
    public Task Searched { get; set; } = Task.CompletedTask;

    public void Put(ImageView view) => versions.Add((view.Id, view));

    public void Remove(ImageId id) => versions.Add((id, null));

    public Task<ImageView?> Find(ImageId id, Position? asOf, CancellationToken ct) =>
        Task.FromResult(Standing(asOf).SingleOrDefault(v => v.Id == id));

    public Task<Position> At(DateTimeOffset time, CancellationToken ct) => Task.FromResult(
        time < Began ? Position.Start : new Position(Math.Min((long)(time - Began).TotalMinutes, versions.Count - 1)));

    public async Task<ImagePage> Query(ImageQuery query, CancellationToken ct)
    {
        Queries++;
        await Searched.WaitAsync(ct);
        var found = Standing(query.AsOf)
            .Where(v => v.Id.Customer == query.Customer && (v.Ready is not null || !query.Ready)
                && query.Where.All(c => c.Values.Any(wanted => Values(v, c.Field).Contains(wanted))))
            .OrderBy(v => v.Id.ToString(), StringComparer.Ordinal);
        foreach (var order in query.OrderBy.Reverse()) found = Sorted(found, order);
        var all = found.ToArray();
        return new([.. all.Skip(query.Skip).Take(query.Take ?? int.MaxValue)], all.Length);
    }

    private static IOrderedEnumerable<ImageView> Sorted(IEnumerable<ImageView> views, Order order) => order.Descending
        ? views.OrderByDescending(v => Key(v, order.Field), StringComparer.Ordinal)
        : views.OrderBy(v => Key(v, order.Field), StringComparer.Ordinal);

    private IEnumerable<ImageView> Standing(Position? asOf) => versions
        .Take(asOf is { } position ? (int)position.Value + 1 : int.MaxValue)
        .GroupBy(v => v.Id).Select(g => g.Last().View).OfType<ImageView>();

    private static string Key(ImageView view, ImageField field) => Values(view, field).First() is { Text: { } text }
        ? text : (Values(view, field).First().Number + (1L << 40)).ToString("D15", CultureInfo.InvariantCulture);

    private static IEnumerable<FieldValue> Values(ImageView view, ImageField field) => field switch
    {
        ImageField.Space => [new(null, view.Id.Space.Space)],
        ImageField.String1 => [new(view.Image.String1, 0)],
        ImageField.String2 => [new(view.Image.String2, 0)],
        ImageField.String3 => [new(view.Image.String3, 0)],
        ImageField.Number1 => [new(null, view.Image.Number1)],
        ImageField.Number2 => [new(null, view.Image.Number2)],
        ImageField.Number3 => [new(null, view.Image.Number3)],
        ImageField.Manifests => view.Image.Manifests.Select(m => new FieldValue(m, 0)),
        ImageField.Batches => view.Batches.Select(b => new FieldValue(null, b)),
        _ => throw new NotSupportedException($"{field}"),
    };
}
