using System.Collections.Concurrent;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Read;

/// <summary>Caches are told of every change, though it is kept in a store that shows later what it took.</summary>
[Trait("profile", "cluster")]
public sealed class TellingWhatChanged(Postgres postgres, Elasticsearch engine)
    : BesideASearchEngine(postgres, engine)
{
    /// <summary>While pages come without a pause, searches show them once a second, or when it has done that.</summary>
    [Fact]
    public async Task comes_before_searches_show_it()
    {
        var id = Some.Id("a");
        await Library.Shown(await Library.Append(id, Some.Registered(Some.Image(id, "first"))));
        var told = new ConcurrentQueue<IReadOnlyList<string>?>();
        Library.Projected.Progress.Changed += told.Enqueue;
        var shows = new TaskCompletionSource();
        Library.Man.Meddle = async (http, body, ask) =>
        {
            if (http.Request.Path.Value!.EndsWith("/_refresh", StringComparison.Ordinal)) await shows.Task;
            await Middleman.Pass(http, body, ask);
        };

        var position = await Library.Append(id, new ImageDescribed(id, String1: "second"));
        for (var tries = 0; !told.Any(images => images?.Contains($"{id}") is not false); tries++)
        {
            tries.ShouldBeLessThan(500, "nobody tells of the change");
            await Task.Delay(10, Ct);
        }

        (await Library.Projected.Images.Find(id, null, Ct)).ShouldNotBeNull().Image.String1.ShouldBe("second");
        (await Library.Projected.Progress.Reached(position, TimeSpan.FromMilliseconds(100), Ct)).ShouldBeFalse();
        shows.SetResult();
        await Library.Shown(position);
    }

    /// <summary>Who kept a picture of before would keep it for as long as that is fresh.</summary>
    [Fact]
    public async Task tells_of_changes_that_were_committed_but_not_shown_when_it_failed()
    {
        var id = Some.Id("a");
        await Library.Shown(await Library.Append(id, Some.Registered(Some.Image(id, "first"))));
        var told = new ConcurrentQueue<IReadOnlyList<string>?>();
        Library.Projected.Progress.Changed += told.Enqueue;
        var failures = 0;
        Library.Man.Meddle = (http, body, ask) =>
            http.Request.Path.Value!.EndsWith("/_refresh", StringComparison.Ordinal)
                && Interlocked.Increment(ref failures) <= 2
                ? Middleman.Answer(http, 401, """{"error":{"type":"security_exception","reason":"who?"}}""")
                : Middleman.Pass(http, body, ask);

        await Library.Shown(await Library.Append(id, new ImageDescribed(id, String1: "second")));

        failures.ShouldBeGreaterThan(2);
        told.ShouldContain(images => images == null || images.Contains($"{id}"));
    }
}
