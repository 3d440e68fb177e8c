using System.Globalization;
using Dlcs.Kernel.Events;

namespace Dlcs.Read.Batches;

/// <summary>A batch as the API shows it. All counts are folds: they cannot drift, and nothing repairs them.</summary>
/// <param name="Count">Members as submitted.</param>
/// <param name="Completed">Members that are over for it: processed, failed, deleted, or moved to another.</param>
/// <param name="Errors">Of these, how many failed.</param>
/// <param name="Registered">Members whose registration the log holds already, or that were passed over.</param>
/// <param name="Current">Images whose batch this still is.</param>
/// <param name="Finished">When the last member was over.</param>
public sealed record BatchView(
    int Id, int Customer, DateTimeOffset Submitted, int Count, bool Priority, int Completed = 0, int Errors = 0,
    int Registered = 0, int Current = 0, DateTimeOffset? Finished = null) : IView<BatchView>
{
    /// <summary>No image points at it any more: later batches took them all.</summary>
    public bool Superseded() => Registered == Count && Current is 0;

    public static string Key(int batch) => batch.ToString(CultureInfo.InvariantCulture);

    public static IReadOnlyList<string> Keys(Recorded recorded) => recorded.Event switch
    {
        BatchSubmitted e => [Key(e.Batch)],
        BatchMembersPassedOver e => [Key(e.Batch)],
        ImageRegistered e => Batches(e.Batch, e.Before?.Batch),
        ImageIngested e => Batches(e.Before.Batch, null),
        ImageFailed e => Batches(e.Before.Batch, null),
        ImageDeleted e => Batches(e.Before.Batch, null),
        IImageEvent or IBatchEvent or ISpaceEvent or ICustomerEvent or INamedQueryEvent or IClaimEvent
            or RedactedEvent => [],
        _ => throw new UnknownEventException(recorded),
    };

    public static BatchView? Evolve(string key, BatchView? view, Recorded recorded)
    {
        var at = recorded.Metadata.At;
        return (recorded.Event, view) switch
        {
            (BatchSubmitted e, _) => new(e.Batch, e.Customer, at, e.Count, e.Priority),
            (BatchMembersPassedOver e, not null) =>
                (view with { Registered = view.Registered + e.Members.Count }).Over(e.Members.Count, 0, at),
            (ImageRegistered e, not null) => view.Left(key, e.Before, at).Joined(key, e.Batch),
            (ImageIngested { Before.Waiting: true }, not null) => view.Over(1, 0, at),
            (ImageFailed { Before.Waiting: true }, not null) => view.Over(1, 1, at),
            (ImageIngested or ImageFailed, not null) => view,
            (ImageDeleted e, not null) => view.Left(key, e.Before, at),
            (RedactedEvent, _) => view,
            _ => throw new UnknownEventException(recorded),
        };
    }

    private static IReadOnlyList<string> Batches(int? one, int? other) => (one, other) switch
    {
        (null, null) => [],
        ({ } a, { } b) when a != b => [Key(a), Key(b)],
        _ => [Key((one ?? other)!.Value)],
    };

    private BatchView Joined(string key, int? batch) => batch is { } b && Key(b) == key
        ? this with { Registered = Registered + 1, Current = Current + 1 } : this;

    private BatchView Left(string key, ImageStanding? before, DateTimeOffset at) =>
        before?.Batch is { } b && Key(b) == key
            ? (this with { Current = Current - 1 }).Over(before.Waiting ? 1 : 0, 0, at) : this;

    private BatchView Over(int members, int errors, DateTimeOffset at) => members is 0 ? this : this with
    {
        Completed = Completed + members,
        Errors = Errors + errors,
        Finished = Finished is null && Completed + members >= Count ? at : Finished,
    };
}
