using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Read;

/// <summary>A generation that is filled: what the engine answered for is not sent again.</summary>
[Trait("profile", "cluster")]
public sealed class FillingASearchEngine(Postgres postgres, Elasticsearch engine)
{
    private const int Many = 20_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task misses_nothing_when_it_is_killed_meanwhile()
    {
        await using var own = await engine.Another();
        await using var all = await SearchLibrary.Open(
            postgres, new(own.Url, "own") { Replicas = 0, BulkTime = TimeSpan.FromMinutes(5) });
        await all.Shown(await all.Fill(Many), seconds: 180);
        var (answers, killed) = (0, new TaskCompletionSource());
        all.Man.Meddle = async (http, body, ask) =>
        {
            try
            {
                var (status, answer) = await ask(body);
                if (BulkItems.IsBulk(http) && Interlocked.Increment(ref answers) is 6)
                {
                    await own.Kill();
                    killed.SetResult();
                }
                await Middleman.Answer(http, status, answer);
            }
            catch (HttpRequestException)
            {
                http.Abort();
            }
        };

        var rebuilding = all.Projected.Rebuild(views: "images");
        await killed.Task.WaitAsync(TimeSpan.FromMinutes(2), Ct);
        await own.Start();

        (await rebuilding).ShouldHaveSingleItem().Swapped.ShouldBeTrue();
        answers.ShouldBeGreaterThan(6);
        (await all.Total()).ShouldBe(Many);
    }
}
