using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.NamedQueries;
using Dlcs.Read.Projecting;
using Dlcs.Read.Spaces;
using Dlcs.Write;
using Dlcs.Write.Images;
using Npgsql;

namespace Dlcs.Host.Wiring;

/// <summary>What the write side asks of others, and who answers.</summary>
internal static class WriteSide
{
    private const string Follower = "unfinished work";

    public static IServiceCollection AddWriteSide(this IServiceCollection services, HostSettings settings) => services
        .AddSingleton(s => new Ids(s.GetRequiredService<NpgsqlDataSource>(), $"{settings.Prefix}_write"))
        .AddSingleton<Answering>()
        .AddSingleton<Show>(s => s.GetRequiredService<Answering>().Show)
        .AddSingleton<SpaceIsEmpty>(s => (space, after, ct) =>
            IsEmpty(space, after, s.GetRequiredService<Progress>(), s.GetRequiredService<Views>(), ct))
        .AddSingleton<NamedQueryName>(s => (customer, id, ct) =>
            NamedQueryQueries.NameOf(customer, id, s.GetRequiredService<Views>(), ct))
        .AddSingleton<NextIdHint>(s => (kind, customer, ct) =>
            s.GetRequiredService<Ids>().Next(kind.ToString(), customer, ct))
        .AddSingleton<AwaitOutcome>(s => (image, registration, from, ct) =>
            Outcome(image, registration, from, s.GetRequiredService<IEventStore>(), ct))
        .AddSingleton<LoadCheckpoint>(s => async ct => await s.GetRequiredService<Ids>().Load(
            Follower, await s.GetRequiredService<IEventStore>().Identity(ct), ct))
        .AddSingleton<SaveCheckpoint>(s => async (position, ct) => await s.GetRequiredService<Ids>().Save(
            Follower, await s.GetRequiredService<IEventStore>().Identity(ct), position, ct))
        .AddWrite(new WriteSettings
        {
            ApiUrl = settings.ApiUrl?.AbsoluteUri,
            BatchMembers = settings.BatchMembers,
            UploadBytes = settings.UploadBytes,
            BatchUploadBytes = Math.Max(settings.UploadBytes, 400L << 20), // one file by itself is a batch too
            UploadFolder = settings.Uploads,
        });

    private static async Task<bool> IsEmpty(
        SpaceId space, Position after, Progress progress, Views views, CancellationToken ct) =>
        await progress.Reached(after, Answering.Patience, ct, "spaces")
            ? await SpaceQueries.IsEmpty(space, views, ct)
            : throw new LogUnavailableException($"the views lag: whether {space} is empty is not known yet");

    private static async Task<Position> Outcome(
        ImageId image, Guid registration, Position from, IEventStore log, CancellationToken ct)
    {
        await foreach (var page in log.Subscribe(from, 500, ct))
            foreach (var (position, recorded) in page.Entries)
                if (Image.Settles(recorded.Event, image, registration)) return position;
        throw new OperationCanceledException(ct);
    }
}
