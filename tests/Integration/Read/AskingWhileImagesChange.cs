using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Integration.Read;

/// <summary>Queries of a search engine see whole moments: while it is fed, while it is rebuilt, however deep.</summary>
public abstract class AskingWhileImagesChange(Postgres postgres, SearchEngine engine)
    : BesideASearchEngine(postgres, engine)
{
    private IImageIndex Index => Library.Projected.Images;

    private static ImageQuery All => new(2, [], [new(ImageField.Number1)]);

    [Fact]
    public async Task reads_as_deep_as_one_likes()
    {
        const int images = 10_200;
        var position = await Library.Fill(images);
        await Library.Shown(position, seconds: 120);

        foreach (var asOf in new Position?[] { null, position })
        {
            var deep = await Index.Query(All with { Skip = images - 100, Take = 10, AsOf = asOf }, Ct);
            deep.Total.ShouldBe(images);
            deep.Images.Select(i => i.Image.Number1).ShouldBe(Enumerable.Range(images - 100, 10).Select(n => (long)n));

            (await Index.Query(All with { Skip = images, Take = 10, AsOf = asOf }, Ct)).Images.ShouldBeEmpty();
            var whole = await Index.Query(All with { AsOf = asOf }, Ct);
            whole.Images.Select(i => i.Image.Number1).ShouldBe(Enumerable.Range(0, images).Select(n => (long)n));
        }
    }

    [Fact]
    public async Task sees_every_image_once_in_the_past_while_it_changes()
    {
        const int images = 20;
        var then = await Library.Fill(images);
        await Library.Shown(then);
        var asked = 0;
        var changing = Task.Run(async () =>
        {
            for (var n = 0; n < 200 || (n < 10_000 && Volatile.Read(ref asked) < 20); n++)
            {
                var id = Some.Id($"{n % images:D6}");
                await Library.Append(id, new ImageDescribed(id, String1: $"changed {n}"));
            }
        }, Ct);

        for (; !changing.IsCompleted; Interlocked.Increment(ref asked))
        {
            var page = await Index.Query(All with { AsOf = then, Take = 100 }, Ct);
            page.Total.ShouldBe(images);
            page.Images.Select(i => i.Id.Name).Distinct().Count().ShouldBe(images);
            page.Images.ShouldAllBe(i => i.Image.String1 == "book");
            (await Index.Find(Some.Id("000007"), then, Ct)).ShouldNotBeNull().Image.String1.ShouldBe("book");
        }
        await changing;
        asked.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task answers_every_query_while_the_index_is_rebuilt_under_load()
    {
        await Library.Shown(await Library.Fill(500));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var known = 500L;
        var feeding = Task.Run(async () =>
        {
            for (var n = 500; !stop.IsCancellationRequested; n += 10)
            {
                await Library.Shown(await Library.Fill(10, from: n));
                Interlocked.Add(ref known, 10);
            }
        }, Ct);
        var asking = Task.Run(async () =>
        {
            var asked = 0;
            for (; !stop.IsCancellationRequested; asked++)
            {
                var least = Interlocked.Read(ref known);
                (await Library.Total()).ShouldBeGreaterThanOrEqualTo(least);
                (await Index.Find(Some.Id("000499"), null, Ct)).ShouldNotBeNull();
            }
            return asked;
        }, Ct);

        for (var rebuilds = 0; rebuilds < 3; rebuilds++) await Library.MustEqualAReplay();
        await stop.CancelAsync();
        await feeding;

        (await asking).ShouldBeGreaterThan(20);
        (await Library.Total()).ShouldBe(known);
        await Library.MustEqualAReplay();
        (await Library.Images()).Number.ShouldBe(5);
    }

    [Fact]
    public async Task answers_rightly_or_not_at_all_while_a_deleted_index_is_rebuilt_under_load()
    {
        await Library.Shown(await Library.Fill(500));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var (known, answered, refused) = (500, 0, 0);
        var feeding = Task.Run(async () =>
        {
            var last = Position.Start;
            for (; !stop.IsCancellationRequested; known += 10) last = await Library.Fill(10, from: known);
            return last;
        }, Ct);
        var asking = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    (await Library.Total()).ShouldBeGreaterThanOrEqualTo(500);
                    (await Index.Find(Some.Id("000499"), null, Ct)).ShouldNotBeNull();
                    Interlocked.Increment(ref answered);
                }
                catch (IndexUnavailableException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }, Ct);

        await Library.DeleteIndex();
        (await Library.Parked()).ShouldContain("lost");
        (await Library.Projected.Rebuild(views: "images")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();
        var (before, since) = (Volatile.Read(ref refused), Volatile.Read(ref answered));
        for (var tries = 0; Volatile.Read(ref answered) < since + 20; tries++)
        {
            tries.ShouldBeLessThan(600);
            await Task.Delay(100, Ct);
            if (asking.IsFaulted) await asking;
        }
        await stop.CancelAsync();
        var fed = await feeding;
        await asking;

        refused.ShouldBe(before); // once it is there again, everybody is answered
        refused.ShouldBeGreaterThan(0);
        await Library.Shown(fed, seconds: 120);
        (await Library.Total()).ShouldBe(known);
        await Library.MustEqualAReplay();
    }
}
