using System.Text.Json;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;
using Npgsql;

namespace Dlcs.Read.Images.Elastic;

/// <summary>
/// Feeds one generation of indices. What was is written before what is, so that a page that was half written when the
/// process died can be folded again from the very documents that were there before it. While a generation is filled,
/// which is begun anew after a crash, nothing waits for anything but what must be read again.
/// </summary>
internal sealed class ElasticFeeding(ImageIndices indices, IndexNames names, BulkStream bulk)
    : Feeding<ImageView>(ElasticFields.Definition)
{
    private const int MostAtOnce = 1_000;

    /// <summary>Hashes of the keys that were written while filling: others need not be asked for.</summary>
    private readonly HashSet<int> written = [];

    /// <exception cref="ViewStoppedException">The index is behind what the checkpoint says.</exception>
    public static void MustReach(Position checkpoint, Position fed, IndexNames names)
    {
        if (fed >= checkpoint) return;
        throw new ViewStoppedException(fed == Position.Start
            ? $"its index {names.Now} is empty, but was fed up to {checkpoint.Value}"
            : $"its index {names.Now} ends at {fed.Value}, but was fed up to {checkpoint.Value} (an older backup?)");
    }

    public override async Task Load(
        IReadOnlyList<LogEntry> entries, Position after, NpgsqlConnection connection, CancellationToken ct)
    {
        var missing = Folding.Missing(entries);
        if (bulk.Waits)
        {
            foreach (var key in missing.Where(key => !written.Contains(Hash(key)))) Hold(key, null);
            missing = [.. missing.Where(key => written.Contains(Hash(key)))];
            if (missing is []) return;
            await bulk.Flush();
        }
        var ahead = new List<string>();
        string[] ids = [ElasticDocument.Fed, .. missing];
        var answers = await Task.WhenAll(ids.Chunk(MostAtOnce).Select(some => Get(some, ct)));
        foreach (var got in answers.SelectMany(answer => answer))
        {
            if (got.Id is ElasticDocument.Fed) MustReach(after, ImageIndices.Fed(got).Position, names);
            else if (got.Found && got.Version > after.Value) ahead.Add(got.Id);
            else Hold(got.Id, got.Source);
        }
        foreach (var some in ahead.Chunk(MostAtOnce)) await LoadBefore(some, after, ct);
    }

    public override Task<Written> Write(Checkpoint through, NpgsqlConnection connection, CancellationToken ct) =>
        Take(changes => Write(changes, through, ct));

    public override Task<Written> Replace(Checkpoint through, NpgsqlConnection connection, CancellationToken ct) =>
        Take(changes => Send(changes, through, ct));

    public override async Task<Digest> Copy(Checkpoint through, NpgsqlDataSource database, CancellationToken ct)
    {
        var written = await Take(changes => Write(changes, through, ct));
        Forget();
        return written.Digest;
    }

    public override async Task<Digest> CopyClosed(NpgsqlDataSource database, CancellationToken ct)
    {
        await bulk.Add(names.WasFeed, Folding.TakeClosed(), ElasticDocument.WriteWas, ct);
        return default;
    }

    public override Task Flush() => bulk.Flush();

    private async Task Write(Changes<ImageView> changes, Checkpoint through, CancellationToken ct)
    {
        await Send(changes, through, ct);
        await bulk.Flush();
    }

    private async Task Send(Changes<ImageView> changes, Checkpoint through, CancellationToken ct)
    {
        await bulk.Add(names.WasFeed, changes.Closed, ElasticDocument.WriteWas, ct, Fed);
        if (bulk.Waits) foreach (var document in changes.Current) written.Add(Hash(document.Key));
        else await bulk.Flush();
        await bulk.Add(names.NowFeed, changes.Current, ElasticDocument.WriteNow, ct, Fed);

        void Fed(BulkRequest to, Utf8JsonWriter json) => ElasticDocument.WriteFed(to, json, through);
    }

    private async Task<IReadOnlyList<Got<StoredImage>>> Get(string[] ids, CancellationToken ct)
    {
        try
        {
            return await indices.Get(names.Now, ids, ElasticJson.Default.MultiGetAnswerStoredImage, ct);
        }
        catch (ElasticException e) when (e.IsLostIndex)
        {
            throw new ViewStoppedException($"its index is lost ({e.Message})");
        }
    }

    /// <summary>What a page that was not committed wrote over: as it was before.</summary>
    private async Task LoadBefore(string[] keys, Position after, CancellationToken ct)
    {
        await indices.Refresh(names, ct);
        var found = await indices.Before(names, keys, after, ct);
        foreach (var key in keys) Hold(key, found.FirstOrDefault(f => f.Key == key));
    }

    private static int Hash(string key) => string.GetHashCode(key, StringComparison.Ordinal);

    private void Hold(string key, StoredImage? stored)
    {
        if (stored is null) Folding.Hold(key, null, Position.Start, default);
        else Folding.Hold(key, stored.Doc, new(stored.FromPos), new(stored.FromAt, TimeSpan.Zero));
    }
}
