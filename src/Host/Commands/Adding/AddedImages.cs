using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Dlcs.Host.Commands.Adding;

/// <summary>One book's images, as the API has them.</summary>
internal sealed class AddedImages(ApiClient api, int space, Addition book)
{
    /// <summary>Characters; a server takes 8,192 with all else as a rule.</summary>
    private const int LongestQuery = 4_000;

    /// <summary>How long the images may be behind their batches, which another view counts.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(300);

    /// <summary>By the name of its image: the batch that a picture was sent in.</summary>
    private readonly Dictionary<string, int> sentIn = [];

    private string Path => $"spaces/{space}/images";

    /// <summary>By name.</summary>
    public async Task<Dictionary<string, JsonObject>> Read(CancellationToken ct)
    {
        var images = new Dictionary<string, JsonObject>();
        await foreach (var image in api.Members($"{Path}?string1={Uri.EscapeDataString(book.String1)}", ct))
            images[(string?)image["id"] ?? ""] = image;
        return images;
    }

    /// <summary>None of these pictures may take the place of another book's image.</summary>
    /// <exception cref="ApiException">One would.</exception>
    public async Task MustNotBeAnothers(IEnumerable<Picture> pictures, CancellationToken ct)
    {
        foreach (var names in BesideEachOther(pictures.Select(p => p.Id)))
        {
            var selected = Uri.EscapeDataString(new JsonObject { ["id"] = names }.ToJsonString());
            await foreach (var image in api.Members($"{Path}?q={selected}", ct))
            {
                var other = (string?)image["string1"] ?? "";
                if (other == book.String1) continue;
                throw new ApiException($"Nothing was added: the image {image["id"]} of the space {book.Space} has the "
                    + $"string1 '{other}', and would be replaced by one with '{book.String1}'. Name another --space "
                    + "or another --string1.");
            }
        }
    }

    /// <summary>As many names as go into one URL.</summary>
    private static IEnumerable<JsonArray> BesideEachOther(IEnumerable<string> names)
    {
        var (some, length) = (new JsonArray(), 0);
        foreach (var name in names)
        {
            var more = Uri.EscapeDataString(JsonValue.Create(name).ToJsonString()).Length;
            if (some.Count > 0 && length + more > LongestQuery)
            {
                yield return some;
                (some, length) = ([], 0);
            }

            some.Add(name);
            length += more;
        }

        if (some.Count > 0) yield return some;
    }

    /// <summary>Whether it was made from these bytes, or is being made.</summary>
    /// <param name="digest">SHA-256, lower-case hex.</param>
    public static bool Holds(JsonObject image, string digest) =>
        (string?)image["originSha256"] == digest && string.IsNullOrEmpty((string?)image["error"]);

    /// <summary>The batch that it waits in; <c>null</c> when it is done.</summary>
    public static int? Batch(JsonObject image) =>
        (bool?)image["ingesting"] is true ? Latest(image) : null;

    /// <summary>Says what is said of it now, where that is something else.</summary>
    public async Task Describe(Picture picture, JsonObject image, CancellationToken ct)
    {
        if ((string?)image["string2"] == book.String2 && (string?)image["string3"] == book.String3
            && (long?)image["number1"] == picture.Number) return;
        var description = new JsonObject
        {
            ["string2"] = book.String2,
            ["string3"] = book.String3,
            ["number1"] = picture.Number,
        };
        await api.Patch($"{Path}/{Uri.EscapeDataString(picture.Id)}", description, ct);
    }

    /// <param name="sent">Told how many of them have gone.</param>
    /// <returns>The batch.</returns>
    public async Task<int> Register(IReadOnlyList<Picture> pictures, Action<int> sent, CancellationToken ct)
    {
        var batch = await api.Post("queue", () => new BatchContent(new(space, book, pictures), sent), ct);
        var number = Number((string?)batch["@id"] ?? "")
            ?? throw new ApiException("The API registered the pictures, but did not name the batch.");
        foreach (var picture in pictures) sentIn[picture.Id] = number;
        return number;
    }

    /// <returns>Over all these batches: images done, of them failed, and whether none is left.</returns>
    public async Task<(int Completed, int Failed, bool Over)> Count(IEnumerable<int> batches, CancellationToken ct)
    {
        var (completed, failed, over) = (0, 0, true);
        foreach (var number in batches)
        {
            var batch = await api.Get($"queue/batches/{number}", ct);
            completed += (int?)batch["completed"] ?? 0;
            failed += (int?)batch["errors"] ?? 0;
            over &= ((int?)batch["completed"] ?? 0) >= ((int?)batch["count"] ?? 0);
        }

        return (completed, failed, over);
    }

    /// <summary>The manifest is on the host that the images say they are on.</summary>
    public async Task<Added> Outcome(
        IReadOnlyList<Picture> pictures, string manifest, AddingProgress progress, CancellationToken ct)
    {
        var ours = await Finished(pictures, ct);
        var failures = ours.Where(i => (string?)i["error"] is { Length: > 0 })
            .Select(i => ((string)i["id"]!, (string)i["error"]!)).ToList();
        var served = ours.Select(i => (string?)i["imageService"]).FirstOrDefault(s => s is not null);
        var at = served?.IndexOf("/iiif-img/", StringComparison.Ordinal) ?? -1;
        var url = at > 0 && failures.Count < ours.Count ? new Uri(served![..at] + manifest) : null;
        return new Added(space, manifest, url, progress with { Failed = failures.Count }, failures);
    }

    /// <summary>These pictures' images, once each shows what became of it.</summary>
    private async Task<IReadOnlyList<JsonObject>> Finished(IReadOnlyList<Picture> pictures, CancellationToken ct)
    {
        for (var since = Stopwatch.GetTimestamp(); ; await Task.Delay(Poll, ct))
        {
            var images = await Read(ct);
            var ours = pictures.Where(p => images.ContainsKey(p.Id)).Select(p => images[p.Id]).ToList();
            var done = ours.Count == pictures.Count && ours.All(IsOver);
            if (done || Stopwatch.GetElapsedTime(since) > Shown) return ours;
        }
    }

    /// <summary>Whether it shows what became of it; where its picture was sent again, not of the one before.</summary>
    private bool IsOver(JsonObject image) => (bool?)image["ingesting"] is not true
        && (!sentIn.TryGetValue((string?)image["id"] ?? "", out var batch) || Latest(image) >= batch);

    /// <summary>The batch that it came with last, if any.</summary>
    private static int? Latest(JsonObject image) => (string?)image["batch"] is { } link ? Number(link) : null;

    private static int? Number(string link) =>
        int.TryParse(link.Split('/')[^1], CultureInfo.InvariantCulture, out var number) ? number : null;
}
