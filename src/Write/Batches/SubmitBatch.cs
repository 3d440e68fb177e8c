using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Storage;
using Dlcs.Write.Images;
using Dlcs.Write.Spaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Batches;

/// <summary>
/// Registers many images at once, all or none: everything that can be refused is decided before
/// <see cref="BatchSubmitted"/>, and from there on each member gets its registration, whatever crashes.
/// </summary>
public sealed record SubmitBatch(int Customer, IReadOnlyList<ImageDescription> Members, bool Priority)
{
    /// <returns>All that is wrong with the batch; nothing when it can be submitted.</returns>
    public static IReadOnlyList<string> Faults(
        IReadOnlyList<Member> members, IReadOnlyDictionary<SpaceId, Space> spaces)
    {
        var twice = members.Where(m => m.Id is not null).GroupBy(m => m.Id).Where(g => g.Count() > 1);
        return
        [
            .. members.SelectMany(m => m.Id is { } id && spaces[id.Space].Status is not SpaceStatus.Open
                ? m.Faults.Append($"{m.Label}: {Space.Refuses(id.Space, spaces[id.Space])!.Reason}") : m.Faults),
            .. twice.Select(g => $"{string.Join(" and ", g.Select(m => m.Label))} are the same image, {g.Key}"),
        ];
    }

    /// <summary>Submits it under the next number that is free, then registers its members.</summary>
    public static async Task<(int Batch, Position Last)> Run(
        IEventStore store, SubmitBatch command, NextIdHint hint, Metadata metadata, CancellationToken ct)
    {
        var (submitted, cause, position) = await Numbering.Submit(store, command, hint, metadata, ct);
        var last = await CompleteBatch.Register( // also when the client hangs up
            store, submitted, command.Members, metadata with { Causation = cause }, since: null,
            CancellationToken.None);
        return (submitted.Batch, last ?? position);
    }
}

public static class SubmitBatchEndpoint
{
    public static void Map(IEndpointRouteBuilder queue)
    {
        foreach (var (path, priority) in ((string, bool)[])[("", false), ("/priority", true)])
            queue.MapPost(path, (
                int customer, BatchBody body, HttpContext http, Caller caller, IEventStore store, IStorage storage,
                NextIdHint hint, Show show, CancellationToken ct) =>
                Post(customer, body, priority, http, caller, store, storage, hint, show, ct));
    }

    private static async Task<IResult> Post(
        int customer, BatchBody body, bool priority, HttpContext http, Caller caller, IEventStore store,
        IStorage storage, NextIdHint hint, Show show, CancellationToken ct)
    {
        var spaces = await Spaces(body.Members, store, ct);
        if (SubmitBatch.Faults(body.Members, spaces) is not [] and var faults) return Answers.Invalid(faults);

        List<ImageDescription> members = [];
        foreach (var (_, image, file, id, _) in body.Members)
        {
            var upload = file is null ? null : await file.Store(storage, customer, ct);
            members.Add(image!.Describe(id!.Value, spaces[id.Value.Space], upload, caller.Api));
        }

        var (batch, last) = await SubmitBatch.Run(
            store, new(customer, members, priority), hint, caller.Metadata, ct);
        return await show(http, new Shown.Batch(customer, batch), StatusCodes.Status201Created, last);
    }

    private static async Task<IReadOnlyDictionary<SpaceId, Space>> Spaces(
        IReadOnlyList<Member> members, IEventStore store, CancellationToken ct)
    {
        var ids = members.Where(m => m.Id is not null).Select(m => m.Id!.Value.Space).Distinct().ToList();
        var streams = await store.ReadMany([.. ids.Select(id => id.Stream)], ct);
        return ids.Zip(streams).ToDictionary(s => s.First, s => s.Second.Aggregate(Space.Initial, Space.Evolve));
    }
}
