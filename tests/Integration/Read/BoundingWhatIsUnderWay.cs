using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Read;

/// <summary>A rebuild that has more to send than an engine is to get at once.</summary>
[Trait("profile", "cluster")]
public sealed class BoundingWhatIsUnderWay(Postgres postgres, Elasticsearch engine)
    : BesideASearchEngine(postgres, engine)
{
    private const int Many = 7_000; // seven full requests

    [Fact]
    public async Task has_as_many_requests_under_way_as_it_may_and_no_more()
    {
        await Library.Shown(await Library.Fill(Many));
        var (access, now, most, all) = (new Lock(), 0, 0, new TaskCompletionSource());
        Library.Man.Meddle = async (http, body, ask) =>
        {
            if (!BulkItems.IsBulk(http))
            {
                await Middleman.Pass(http, body, ask);
                return;
            }
            lock (access)
            {
                most = Math.Max(most, ++now);
                if (now == Library.Settings.BulkRequests) all.TrySetResult();
            }
            await Task.WhenAny(all.Task, Task.Delay(TimeSpan.FromSeconds(10), Ct));
            await Task.Delay(200, Ct); // for one too many
            var (status, answer) = await ask(body);
            lock (access) now--;
            await Middleman.Answer(http, status, answer);
        };

        (await Library.Projected.Rebuild(views: "images")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();

        most.ShouldBe(Library.Settings.BulkRequests);
        (await Library.Total()).ShouldBe(Many);
    }
}
