using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Read;

/// <summary>An engine that is too busy, slow, away or talks nonsense: nothing is lost, and nothing twice.</summary>
public abstract class FeedingASearchEngine(Postgres postgres, SearchEngine engine)
    : BesideASearchEngine(postgres, engine)
{
    [Fact]
    public async Task sends_again_what_the_engine_was_too_busy_for_item_by_item()
    {
        var (busy, random) = (0, new Random(7));
        Library.Man.Meddle = async (http, body, ask) =>
        {
            if (!BulkItems.IsBulk(http))
            {
                await Middleman.Pass(http, body, ask);
                return;
            }
            if (random.Next(3) is 0)
            {
                busy++;
                await Middleman.Answer(
                    http, 429, """{"error":{"type":"circuit_breaking_exception","reason":"busy"}}""");
                return;
            }
            await BulkItems.TakeSome(
                http, body, ask, _ => random.Next(4) is 0, refused => Interlocked.Add(ref busy, refused.Count));
        };

        await Library.Shown(await Library.Fill(500));

        busy.ShouldBeGreaterThan(100);
        (await Library.Total()).ShouldBe(500);
        Library.Man.Meddle = Middleman.Pass;
        await Library.MustEqualAReplay();
    }

    [Fact]
    public async Task folds_a_page_again_that_was_written_but_not_committed()
    {
        var id = Some.Id("a");
        await Library.Shown(await Library.Append(id, Some.Registered(Some.Image(id, "first"))));
        var unanswered = 0;
        Library.Man.Meddle = async (http, body, ask) =>
        {
            var (status, answer) = await ask(body);
            var lost = BulkItems.IsBulk(http) && body.Contains("third", StringComparison.Ordinal)
                && Interlocked.Increment(ref unanswered) <= 3;
            await Middleman.Answer(http, lost ? 200 : status, lost ? "<html>out of order</html>" : answer);
        };

        await Library.Shown(await Library.Append(
            id, new ImageDescribed(id, String1: "second"), new ImageDescribed(id, String1: "third")));

        unanswered.ShouldBeGreaterThan(3);
        (await Library.Projected.Images.Find(id, null, Ct)).ShouldNotBeNull().Image.String1.ShouldBe("third");
        var before = new Position((await Library.Images()).Position.Value - 1);
        (await Library.Projected.Images.Find(id, before, Ct)).ShouldNotBeNull().Image.String1.ShouldBe("second");
        Library.Man.Meddle = Middleman.Pass;
        await Library.MustEqualAReplay();
    }

    [Fact]
    public async Task lets_no_late_write_bring_back_what_was_deleted()
    {
        var id = Some.Id("a");
        (PathString Path, string Body)? written = null;
        Library.Man.Meddle = async (http, body, ask) =>
        {
            if (BulkItems.IsBulk(http) && body.Contains("ghost", StringComparison.Ordinal))
                written ??= (http.Request.Path, body);
            await Middleman.Pass(http, body, ask);
        };
        await Library.Shown(await Library.Append(id, Some.Registered(Some.Image(id, "ghost"))));
        await Library.Shown(await Library.Append(id, new ImageDeleted(id, new(Waiting: true))));

        using var http = new HttpClient();
        var (path, body) = written.ShouldNotBeNull();
        using var late = new StringContent(body);
        late.Headers.ContentType = new("application/x-ndjson");
        var bulk = new Uri(Library.Settings.Url, $"{path}?refresh=true");
        (await http.PostAsync(bulk, late, Ct)).EnsureSuccessStatusCode();

        (await Library.Projected.Images.Find(id, null, Ct)).ShouldBeNull();
        (await Library.Total()).ShouldBe(0);
    }

    [Fact]
    public async Task does_not_hold_up_other_views_while_it_is_slow_or_talks_nonsense()
    {
        var first = await Library.Append(Some.Id("a"), Some.Registered(Some.Image(Some.Id("a"))));
        await Library.Shown(first);
        foreach (var meddling in Troubles())
        {
            Library.Man.Meddle = meddling;
            var id = Some.Id($"{Guid.CreateVersion7()}");
            var position = await Library.Append(id, Some.Registered(Some.Image(id)));

            (await Library.Projected.Progress.Reached(position, TimeSpan.FromSeconds(5), Ct, "batches"))
                .ShouldBeTrue("the views in PostgreSQL lag");
            (await Library.Projected.Progress.Reached(position, TimeSpan.FromMilliseconds(500), Ct, "images"))
                .ShouldBeFalse();
            var began = TimeProvider.System.GetTimestamp();
            (await Library.Projected.Progress.Reached(position, TimeSpan.FromSeconds(5), Ct, "images")).ShouldBeFalse();
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(2), "it is known to lag");
            var images = (await Library.Projected.Generations()).Single(g => g.View is "images");
            images.Shown.ShouldBeLessThan(position);

            Library.Man.Meddle = Middleman.Pass;
            for (var tries = 0; (await Library.Images()).Shown < position && tries < 300; tries++)
                await Task.Delay(100, Ct);
            await Library.Shown(position);
            (await Library.Projected.Images.Find(id, null, Ct)).ShouldNotBeNull();
        }
    }

    private static IEnumerable<Meddling> Troubles() =>
    [
        async (http, body, ask) =>
        {
            await Task.Delay(5_000, http.RequestAborted);
            await Middleman.Pass(http, body, ask);
        },
        (http, _, _) => Middleman.Answer(http, 200, "<html>Welcome to nginx!</html>"),
        (http, _, _) => Middleman.Answer(http, 502, "<html>Bad gateway</html>"),
        (http, _, _) => Middleman.Answer(http, 401, """{"error":{"type":"security_exception","reason":"who?"}}"""),
        (http, _, _) => Middleman.Answer(http, 403, """{"error":{"type":"security_exception","reason":"not you"}}"""),
        (http, _, _) => Middleman.Answer(http, 200, "{}"),
        (http, _, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        },
    ];

    [Fact]
    public async Task refuses_to_answer_half_a_question()
    {
        await Library.Shown(await Library.Fill(3));
        foreach (var meddling in Troubles().Skip(1).Append((http, _, _) => Middleman.Answer(
            http, 400, """{"error":{"type":"search_phase_execution_exception","reason":"unknown query [terms]"}}""")))
        {
            Library.Man.Meddle = meddling;
            await Should.ThrowAsync<IndexUnavailableException>(Library.Total());
            await Should.ThrowAsync<IndexUnavailableException>(
                Library.Projected.Images.Find(Some.Id("000001"), null, Ct));
        }
    }
}
