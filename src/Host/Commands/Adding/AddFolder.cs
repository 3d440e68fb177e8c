using System.Globalization;

namespace Dlcs.Host.Commands.Adding;

/// <summary>
/// Sends the pictures of a folder and registers them as batches. Doing it again changes only what changed: what is
/// there with the same bytes stays, what was interrupted goes on.
/// </summary>
internal static class AddFolder
{
    /// <summary>Of one batch, unless one picture alone is larger: what an interruption costs at most.</summary>
    private const long BatchBytes = 128 << 20;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(300);

    /// <exception cref="ApiException">There is nothing to add, or the API refuses.</exception>
    public static async Task<Added> Run(
        ApiClient api, Addition addition, Action<AddingProgress> tell, CancellationToken ct)
    {
        var pictures = Picture.In(addition.Folder, addition.String1);
        if (pictures.Count is 0) throw new ApiException($"There is no picture in {addition.Folder}.");

        var space = await Places.Space(api, addition.Space, ct);
        var template = await Places.NamedQuery(api, addition.Query, ct);
        var manifest = ManifestPath.Of(api.Customer, addition.Query, template, Known(addition, space));
        var images = new AddedImages(api, space, addition);
        var (unchanged, fresh, batches) = await Compare(images, pictures, ct);
        var progress = new AddingProgress(pictures.Count, unchanged, 0, unchanged, 0);
        foreach (var batch in Batches(fresh, addition.BatchSize))
        {
            var before = progress.Sent;
            batches.Add(await images.Register(batch, sent => Tell(progress with { Sent = before + sent }), ct));
            await Watch();
        }

        while (!await Watch()) await Task.Delay(Poll, ct);
        return await images.Outcome(pictures, manifest, progress, ct);

        void Tell(AddingProgress now) => tell(progress = now);

        async Task<bool> Watch()
        {
            var (completed, failed, over) = await images.Count(batches, ct);
            Tell(progress with { Processed = Math.Min(pictures.Count, unchanged + completed), Failed = failed });
            return over;
        }
    }

    /// <summary>What is done and the same, what is to be sent, and the batches in which the rest waits.</summary>
    private static async Task<(int Unchanged, List<Picture> Fresh, SortedSet<int> Batches)> Compare(
        AddedImages images, IReadOnlyList<Picture> pictures, CancellationToken ct)
    {
        var (unchanged, fresh, batches) = (0, new List<Picture>(), new SortedSet<int>());
        var there = await images.Read(ct);
        foreach (var picture in pictures)
        {
            if (!there.TryGetValue(picture.Id, out var image) || !AddedImages.Holds(image, await picture.Digest(ct)))
            {
                fresh.Add(picture);
                continue;
            }

            await images.Describe(picture, image, ct);
            if (AddedImages.Batch(image) is { } waits) batches.Add(waits);
            else unchanged++;
        }

        await images.MustNotBeAnothers(fresh, ct);
        return (unchanged, fresh, batches);
    }

    /// <summary>In order, each within both limits.</summary>
    internal static IEnumerable<IReadOnlyList<Picture>> Batches(
        IEnumerable<Picture> pictures, int most, long bytes = BatchBytes)
    {
        var batch = new List<Picture>();
        var size = 0L;
        foreach (var picture in pictures)
        {
            var length = picture.Length;
            if (batch.Count == most || (batch.Count > 0 && size + length > bytes))
            {
                yield return batch;
                (batch, size) = ([], 0);
            }

            batch.Add(picture);
            size += length;
        }

        if (batch.Count > 0) yield return batch;
    }

    private static Dictionary<string, string> Known(Addition addition, int space) => new()
    {
        ["space"] = space.ToString(CultureInfo.InvariantCulture),
        ["spacename"] = addition.Space,
        ["s1"] = addition.String1,
        ["s2"] = addition.String2,
        ["s3"] = addition.String3,
    };
}
