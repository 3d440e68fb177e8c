using Dlcs.Iiif.ImageApi.Serving;

namespace Dlcs.Unit.ImageApi;

public sealed class RememberingWhatWasLoaded
{
    private readonly Recent<string> recent = new(capacity: 3);
    private int loads;

    private Task<string?> Get(string key) => recent.Get(key, () => Task.FromResult<string?>($"{key} {++loads}"));

    [Fact]
    public async Task loads_once()
    {
        (await Get("a")).ShouldBe("a 1");
        (await Get("a")).ShouldBe("a 1");
    }

    [Fact]
    public async Task loads_once_for_all_who_ask_together()
    {
        var gate = new TaskCompletionSource();
        async Task<string?> Slowly()
        {
            loads++;
            await gate.Task;
            return "a";
        }

        var asked = Enumerable.Range(0, 20).Select(_ => recent.Get("a", Slowly)).ToList();
        gate.SetResult();

        (await Task.WhenAll(asked)).ShouldAllBe(answer => answer == "a");
        loads.ShouldBe(1);
    }

    [Fact]
    public async Task keeps_what_is_used_and_never_more_than_twice_its_capacity()
    {
        for (var i = 0; i < 100; i++)
        {
            await Get("used");
            await Get($"{i}");
        }

        (await Get("used")).ShouldBe("used 1");
        Enumerable.Range(0, 100).Count(i => recent.Find($"{i}") is not null).ShouldBeLessThan(6);
    }

    [Fact]
    public async Task keeps_no_absence_and_no_failure()
    {
        (await recent.Get("a", () => Task.FromResult<string?>(null))).ShouldBeNull();
        await Should.ThrowAsync<InvalidOperationException>(
            () => recent.Get("a", () => Task.FromException<string?>(new InvalidOperationException())));

        (await Get("a")).ShouldBe("a 1");
    }

    [Fact]
    public async Task lets_a_load_that_began_before_a_change_end_unkept()
    {
        var gate = new TaskCompletionSource<string?>();
        var before = recent.Get("a", () => gate.Task);

        recent.Evict("a");
        var after = await Get("a");
        gate.SetResult("stale");

        (await before).ShouldBe("stale");
        after.ShouldBe("a 1");
        (await Get("a")).ShouldBe("a 1");
    }
}
