using Dlcs.Integration.Servers;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Elastic;
using Dlcs.Read.Projecting;

namespace Dlcs.Integration.Read;

/// <summary>A library whose images are kept in a search engine, behind a man in the middle.</summary>
internal sealed class SearchLibrary : IAsyncDisposable
{
    private SearchLibrary(Middleman man, Projected projected, ElasticSettings settings) =>
        (Man, Projected, Settings) = (man, projected, settings);

    public Middleman Man { get; }

    public Projected Projected { get; }

    public ElasticSettings Settings { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<SearchLibrary> Open(
        Postgres postgres, ElasticSettings settings, Func<ElasticSettings, ElasticSettings>? with = null,
        Meddling? meddle = null)
    {
        var man = await Middleman.Before(settings.Url);
        man.Meddle = meddle ?? Middleman.Pass;
        var through = settings with { Url = man.Url };
        return new(man, await Projected.Start(postgres, with?.Invoke(through) ?? through), settings);
    }

    /// <summary>Appends without waiting for anyone.</summary>
    public async Task<Position> Append(ImageId id, params IEvent[] events)
    {
        var metadata = new Metadata(Guid.CreateVersion7(), "key-1", DateTimeOffset.UnixEpoch.AddDays(20_000), "test");
        var revision = -1;
        await foreach (var _ in Projected.Log.Read(id.Stream, Ct)) revision++;
        return await Projected.Log.Append(new(id.Stream, revision, events, metadata), Ct);
    }

    /// <summary>So many new images, without waiting for anyone.</summary>
    public async Task<Position> Fill(int count, int from = 0)
    {
        var metadata = new Metadata(Guid.CreateVersion7(), "key-1", DateTimeOffset.UnixEpoch.AddDays(20_000), "test");
        var last = Position.Start;
        foreach (var some in Enumerable.Range(from, count).Chunk(1_000))
        {
            var positions = await Projected.Log.AppendMany([.. some.Select(n =>
            {
                var id = Some.Id($"{n:D6}");
                return new Append(id.Stream, -1, [Some.Registered(Some.Image(id, number1: n))], metadata);
            })], Ct);
            last = positions[^1]!.Value;
        }
        return last;
    }

    /// <summary>Waits for it, also where the index is known to lag: who listens hears a little later that it does not.
    /// </summary>
    public async Task Shown(Position position, int seconds = 60)
    {
        var (began, patience) = (TimeProvider.System.GetTimestamp(), TimeSpan.FromSeconds(seconds));
        while (!await Projected.Progress.Reached(position, patience, Ct, "images"))
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(patience, "the image index lags");
            await Task.Delay(20, Ct);
        }
    }

    public async Task<Generation> Images() =>
        (await Projected.Generations()).Single(g => g.View is "images");

    public async Task<string> Parked()
    {
        for (var tries = 0; tries < 300; tries++, await Task.Delay(100, Ct))
            if ((await Images()).Parked is { } reason) return reason;
        throw new TimeoutException("the view of images goes on");
    }

    /// <summary>Behind its back.</summary>
    public async Task DeleteIndex()
    {
        using var http = new HttpClient();
        var index = $"{Settings.Prefix}-images-{(await Images()).Number}";
        using var answer = await http.DeleteAsync(new Uri(Settings.Url, index), Ct);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<long> Total() =>
        (await Projected.Images.Query(new ImageQuery(2, [], [], Take: 1), Ct)).Total;

    /// <summary>Rebuilds the view: another fold of the same events must come to the same documents.</summary>
    public async Task MustEqualAReplay()
    {
        var rebuilt = (await Projected.Rebuild(views: "images")).ShouldHaveSingleItem();
        rebuilt.Is.ShouldBe(rebuilt.Was);
        rebuilt.Swapped.ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await Projected.DisposeAsync();
        await Man.DisposeAsync();
    }
}
