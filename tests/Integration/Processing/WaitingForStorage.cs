using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Processing;

public sealed class WaitingForStorage(Postgres postgres)
{
    [Fact]
    public async Task outlasts_all_tries_and_fetches_nothing_twice()
    {
        await using var shop = await Workshop.Open(postgres);
        await shop.Start(Workshop.Quick with { JobTimeout = TimeSpan.FromSeconds(2) }); // waiting does not count
        var way = Path.Combine(shop.Folder, "objects", ".incoming");
        Directory.Delete(way);
        await File.WriteAllTextAsync(way, "in the way", TestContext.Current.CancellationToken);

        await shop.Register(2, "folio-1r", "ok");
        await Workshop.Until(
            () => Task.FromResult(shop.Said.Sentences.Any(s => s.Sentence.Contains("Waiting for a store"))),
            "waiting");
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        (await shop.Outcomes()).ShouldBeEmpty();
        File.Delete(way);
        Directory.CreateDirectory(way);

        (await shop.Outcomes(1)).ShouldHaveSingleItem().ShouldBeOfType<ImageIngested>();
        (await shop.Fetched()).Count.ShouldBe(1);
    }
}
