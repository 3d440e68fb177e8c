using Dlcs.Kernel.Events;
using Dlcs.Read;
using Dlcs.Read.Batches;
using Dlcs.Read.Customers;
using Dlcs.Read.Images;
using Dlcs.Read.NamedQueries;
using Dlcs.Read.Spaces;
using Dlcs.Unit.Kernel;

namespace Dlcs.Unit.Read;

/// <summary>A new event stops no view: each folds it, or passes it over by name.</summary>
public sealed class FoldingEveryEvent
{
    /// <summary>Each view, with the event that begins a document of it.</summary>
    private static readonly Dictionary<string, Action<IEvent>> Views = new()
    {
        [nameof(CustomerView)] = Fold<CustomerView, CustomerCreated>,
        [nameof(KeyView)] = Fold<KeyView, KeyIssued>,
        [nameof(SpaceView)] = Fold<SpaceView, SpaceCreated>,
        [nameof(SpaceNameView)] = Fold<SpaceNameView, SpaceCreated>,
        [nameof(SpaceStorageView)] = Fold<SpaceStorageView, ImageIngested>,
        [nameof(ImageView)] = Fold<ImageView, ImageRegistered>,
        [nameof(BatchView)] = Fold<BatchView, BatchSubmitted>,
        [nameof(QueueView)] = Fold<QueueView, ImageRegistered>,
        [nameof(NamedQueryView)] = Fold<NamedQueryView, NamedQueryDefined>,
    };

    public static MatrixTheoryData<string, string> Folds =>
        new(Views.Keys, EventTypes.Known.Select(known => known.Name));

    [Theory]
    [MemberData(nameof(Folds))]
    public void stops_no_view_that_is_there(string view, string name) =>
        Views[view](EventSamples.All.Single(sample => EventTypes.Of(sample).Name == name));

    [Fact]
    public void concerns_every_view() => typeof(IView<>).Assembly.GetTypes()
        .Where(type => type.GetInterfaces()
            .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IView<>)))
        .Select(type => type.Name).ShouldBe(Views.Keys, ignoreOrder: true);

    private static void Fold<TView, TFirst>(IEvent e) where TView : class, IView<TView> where TFirst : IEvent
    {
        var (first, then) = (Recorded(EventSamples.All.OfType<TFirst>().Single()), Recorded(e));
        foreach (var key in TView.Keys(then)) TView.Evolve(key, TView.Evolve(key, null, first), then);
    }

    private static Recorded Recorded(IEvent e) => Recording.Of(e).Single();
}
