using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Integration.Read;

/// <summary>Ranges, facets, totals.</summary>
public abstract partial class ImageIndexContract
{
    private static FieldRange Numbers(ImageField field, long? from, long? to) => new(
        field, from is { } f ? new FieldValue(null, f) : null, to is { } t ? new FieldValue(null, t) : null);

    private static FieldRange Times(ImageField field, DateTimeOffset? from, DateTimeOffset? to) =>
        Numbers(field, from?.UtcTicks, to?.UtcTicks);

    private static string[] Shown(Facet facet) =>
        [.. facet.Values.Select(v => $"{v.Value.Text ?? $"{v.Value.Number}"} {v.Count}")];

    [Fact]
    public async Task selects_between_numbers_both_ends_included()
    {
        for (var n = -1; n <= 3; n++) await Register(Some.Image(Some.Id($"{n + 1}"), number1: n));

        (await Names(All() with { Ranges = [Numbers(ImageField.Number1, 0, 2)] })).ShouldBe(["1", "2", "3"]);
        (await Names(All() with { Ranges = [Numbers(ImageField.Number1, null, 0)] })).ShouldBe(["0", "1"]);
        (await Names(All() with { Ranges = [Numbers(ImageField.Number1, 3, null)] })).ShouldBe(["4"]);
        (await Names(All() with { Ranges = [Numbers(ImageField.Number1, 2, 1)] })).ShouldBeEmpty();
        (await Names(All() with { Ranges = [Numbers(ImageField.Number1, 1, 2), Numbers(ImageField.Number2, 1, null)] }))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task selects_between_times_to_the_microsecond()
    {
        var (early, late) = (Began.AddMicroseconds(-1), Began.AddMicroseconds(1));
        await Register(Some.Image(Some.Id("early")), early);
        await Register(Some.Image(Some.Id("exact")), Began);
        await Register(Some.Image(Some.Id("late")), late);
        await projected.HappenAt(late, Some.Id("exact").Stream, Some.Ingested(Some.Id("exact")));

        (await Names(All() with { Ranges = [Times(ImageField.Created, Began, null)] })).ShouldBe(["exact", "late"]);
        (await Names(All() with { Ranges = [Times(ImageField.Created, null, early)] })).ShouldBe(["early"]);
        (await Names(All() with { Ranges = [Times(ImageField.Created, Began, late.AddTicks(-1))] }))
            .ShouldBe(["exact"]);
        (await Names(All() with { Ranges = [Times(ImageField.Created, Began.AddTicks(1), null)] }))
            .ShouldBe(["late"]);
        (await Names(All() with { Ranges = [Times(ImageField.Created, null, DateTimeOffset.MaxValue)] }))
            .ShouldBe(["early", "exact", "late"]);
        (await Names(All() with { Ranges = [Times(ImageField.Created, DateTimeOffset.MaxValue, null)] }))
            .ShouldBeEmpty();
        (await Names(All() with { Ranges = [Times(ImageField.Finished, null, late)] })).ShouldBe(["exact"]);
        (await Names(All() with { Ranges = [Times(ImageField.Finished, early, null)] })).ShouldBe(["exact"]);
    }

    [Fact]
    public async Task counts_the_values_of_what_is_selected()
    {
        await Register(Some.Image(Some.Id("a"), "x", 1, "red", "blue", "red"));
        await Register(Some.Image(Some.Id("b"), "x", 2, "red"), batch: 7);
        await Register(Some.Image(Some.Id("c"), "y", 2, "green"));
        await Register(Some.Image(Some.Id("d", space: 6), "", 3));
        await Register(Some.Image(Some.Id("e", customer: 3), "x", 1, "red"));
        await projected.Happen(Some.Id("c").Stream, Some.Ingested(Some.Id("c")));

        var page = await Index.Query(All() with
        {
            Take = 1,
            Facets = [
                ImageField.String1, ImageField.Tags, ImageField.Number1, ImageField.Space, ImageField.Ingesting,
                ImageField.Batch, ImageField.Roles, ImageField.MediaType,
            ],
        }, Ct);

        page.Images.Count.ShouldBe(1);
        page.Facets.Select(f => f.Field).First().ShouldBe(ImageField.String1);
        page.Facets.Select(Shown).ShouldBe([
            ["x 2", "y 1"], ["red 2", "blue 1", "green 1"], ["2 2", "1 1", "3 1"], ["5 3", "6 1"], ["1 3", "0 1"],
            ["7 1"], [], ["image/tiff 4"],
        ]);
    }

    [Fact]
    public async Task counts_facets_over_everything_that_is_selected_whatever_the_page()
    {
        for (var n = 0; n < 4; n++) await Register(Some.Image(Some.Id($"{n}"), n < 3 ? "x" : "y", n, "red"));
        var query = All(new Criterion(ImageField.String1, ["x"])) with
        {
            Facets = [ImageField.Tags],
            Ranges = [Numbers(ImageField.Number1, 1, null)],
            OrderBy = [new(ImageField.Number1)],
            Take = 1,
        };

        var first = await Index.Query(query, Ct);
        var second = await Index.Query(query with { After = Cursor.At(first.Images[0], query.OrderBy) }, Ct);

        foreach (var page in new[] { first, second })
        {
            page.Total.ShouldBe(2);
            Shown(page.Facets.ShouldHaveSingleItem()).ShouldBe(["red 2"]);
        }
        (first.Images[0].Id.Name, second.Images[0].Id.Name).ShouldBe(("1", "2"));
    }

    [Fact]
    public async Task counts_what_is_more_than_any_page()
    {
        await projected.Register(Enumerable.Range(0, 10_100).Select(n => Some.Image(Some.Id($"{n:D5}"), number1: n)));
        var most = All() with { Ranges = [Numbers(ImageField.Number1, 50, null)], OrderBy = [new(ImageField.Id)] };

        var whole = await Index.Query(All() with { OrderBy = [new(ImageField.String1)], Take = 2 }, Ct);
        var some = await Index.Query(most with { Take = 2, Skip = 10_020 }, Ct);
        var next = await Index.Query(most with { Take = 2, After = Cursor.At(some.Images[^1], most.OrderBy) }, Ct);

        (whole.Total, some.Total, next.Total).ShouldBe((10_100, 10_050, 10_050));
        some.Images.Concat(next.Images).Select(i => i.Id.Name).ShouldBe(["10070", "10071", "10072", "10073"]);
    }

    [Fact]
    public async Task tells_long_texts_with_one_beginning_apart()
    {
        var beginning = string.Concat(Enumerable.Repeat("\U00020BB7書", ImageFields.SortedLength / 2));
        foreach (var (name, string1) in new[]
        {
            ("a", beginning), ("b", beginning + "b"), ("c", beginning + "b"), ("d", "short"), ("e", beginning + "a"),
        })
            await Register(Some.Image(Some.Id(name), string1));

        (await Names(All(new Criterion(ImageField.String1, [beginning])))).ShouldBe(["a"]);
        (await Names(All(new Criterion(ImageField.String1, ["short", beginning + "b"])))).ShouldBe(["b", "c", "d"]);
        Shown((await Index.Query(All() with { Facets = [ImageField.String1], Take = 1 }, Ct)).Facets[0])
            .ShouldBe([$"{beginning}b 2", "short 1", $"{beginning} 1", $"{beginning}a 1"]);
    }

    [Fact]
    public async Task counts_a_short_text_beside_many_beginnings_of_long_ones()
    {
        var images = Enumerable.Range(0, 3 * (Facet.Most + 1)).Select(n => Some.Image(
            Some.Id($"{n:D4}"), $"{n / 3:D4}{new string('x', ImageFields.SortedLength)}{n % 3}"));
        await projected.Register(images.Append(Some.Image(Some.Id("a"), "y")).Append(Some.Image(Some.Id("b"), "y")));

        var values = (await Index.Query(All() with { Facets = [ImageField.String1], Take = 1 }, Ct)).Facets[0].Values;

        values.Count.ShouldBe(Facet.Most);
        (values[0].Value.Text, values[0].Count).ShouldBe(("y", 2));
        values[1].Value.Text.ShouldBe($"0000{new string('x', ImageFields.SortedLength)}0");
    }

    [Fact]
    public async Task keeps_to_the_most_frequent_values()
    {
        var tags = Enumerable.Range(0, Facet.Most + 5).Select(n => $"t{n:D3}").ToArray();
        await Register(Some.Image(Some.Id("a"), tags: tags[..60]));
        await Register(Some.Image(Some.Id("b"), tags: [.. tags[50..], "t000"]));

        var values = (await Index.Query(All() with { Facets = [ImageField.Tags], Take = 1 }, Ct)).Facets[0].Values;

        values.Count.ShouldBe(Facet.Most);
        values.Take(3).Select(v => (v.Value.Text, v.Count)).ShouldBe([("t000", 2), ("t050", 2), ("t051", 2)]);
        values[^1].Count.ShouldBe(1);
    }

    [Fact]
    public async Task knows_how_many_there_are_as_they_come_and_go()
    {
        var (id, other) = (Some.Id("a"), Some.Id("b", space: 6));
        var space = new Criterion(ImageField.Space, [5L]);
        await Register(Some.Image(id));
        await projected.Happen(id.Stream, Some.Registered(Some.Image(id), before: new(Waiting: true)));
        await Register(Some.Image(other));
        await Totals(2, 1);

        await projected.Happen(id.Stream, new ImageDeleted(id, new(Waiting: true)));
        await Totals(1, 0);

        await projected.Happen(id.Stream, Some.Registered(Some.Image(id)));
        await Totals(2, 1);

        async Task Totals(long all, long inSpace)
        {
            (await Index.Query(All() with { Take = 1 }, Ct)).Total.ShouldBe(all);
            (await Index.Query(All(space) with { Take = 1 }, Ct)).Total.ShouldBe(inSpace);
            (await Index.Query(new ImageQuery(3, [], [], Take: 1), Ct)).Total.ShouldBe(0);
        }
    }
}
