using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Integration.Read;

/// <summary>Orders, and pages that begin behind an image.</summary>
public abstract partial class ImageIndexContract
{
    public static TheoryData<ImageField> Orders =>
        [.. ImageFields.All.Where(f => !f.IsList).Select(f => f.Field)];

    [Fact]
    public async Task orders_by_code_point_and_breaks_ties_by_id()
    {
        foreach (var (name, string1) in new[]
        {
            ("f", "\U00020BB7"), ("e", "\uFF5E"), ("d", "b"), ("c", "b"), ("b", "B"), ("a", "é"),
        })
            await Register(Some.Image(Some.Id(name), string1));

        (await Names(All() with { OrderBy = [new(ImageField.String1)] })).ShouldBe(["b", "c", "d", "a", "e", "f"]);
        (await Names(All() with { OrderBy = [new(ImageField.String1, Descending: true)] }))
            .ShouldBe(["f", "e", "a", "d", "c", "b"]);
    }

    [Fact]
    public async Task breaks_ties_by_space_before_name_and_spaces_by_number()
    {
        await Register(Some.Image(Some.Id("a", space: 10)));
        await Register(Some.Image(Some.Id("b", space: 9)));

        (await Names(All() with { OrderBy = [new(ImageField.String1)] })).ShouldBe(["b", "a"]);
        (await Names(All() with { OrderBy = [new(ImageField.Space, Descending: true)] })).ShouldBe(["a", "b"]);
        (await Names(All() with { OrderBy = [new(ImageField.Id)] })).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task orders_long_texts_by_their_beginning_and_finds_them_by_all()
    {
        var beginning = string.Concat(Enumerable.Repeat("\U00020BB7書", 100));
        await Register(Some.Image(Some.Id("b"), beginning + "a" + new string('書', 700)));
        await Register(Some.Image(Some.Id("a"), beginning + "b"));

        (await Names(All() with { OrderBy = [new(ImageField.String1)] })).ShouldBe(["a", "b"]);
        (await Names(All(new Criterion(ImageField.String1, [beginning + "b"])))).ShouldBe(["a"]);
    }

    [Fact]
    public async Task orders_by_several_fields_each_its_own_way()
    {
        await Shelf();
        var query = All() with { OrderBy = [new(ImageField.String1, Descending: true), new(ImageField.Number1)] };

        (await Names(query)).ShouldBe(["d", "c", "f", "e", "a", "b"]);
        (await Pages(query, 2)).ShouldBe(["d", "c", "f", "e", "a", "b"]);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task goes_on_behind_an_image_in_every_order(ImageField field)
    {
        await Shelf();
        foreach (var descending in new[] { false, true })
        {
            var query = All() with { OrderBy = [new(field, descending)] };
            var whole = await Names(query);

            whole.Length.ShouldBe(6);
            (await Names(query with { OrderBy = [new(field, !descending)] })).Reverse().ShouldBe(whole);
            (await Pages(query, 1)).ShouldBe(whole);
            (await Pages(query, 4)).ShouldBe(whole);
        }
    }

    [Fact]
    public async Task goes_on_although_the_image_is_gone()
    {
        foreach (var name in new[] { "a", "b", "c" }) await Register(Some.Image(Some.Id(name)));
        var query = All() with { OrderBy = [new(ImageField.String1)], Take = 1 };
        var first = await Index.Query(query with { Skip = 1 }, Ct);

        await projected.Happen(Some.Id("b").Stream, new ImageDeleted(Some.Id("b"), new(Waiting: true)));

        var next = await Index.Query(query with { After = Cursor.At(first.Images[0], query.OrderBy) }, Ct);
        next.Images.ShouldHaveSingleItem().Id.Name.ShouldBe("c");
        next.Total.ShouldBe(2);
    }

    /// <summary>Follows the pages to the end.</summary>
    private async Task<string[]> Pages(ImageQuery query, int size)
    {
        var names = new List<string>();
        Cursor? after = null;
        while (true)
        {
            var page = await Index.Query(query with { Take = size, After = after }, Ct);
            page.Total.ShouldBe(6);
            names.AddRange(page.Images.Select(i => i.Id.Name));
            if (page.Images.Count < size || names.Count > 6) return [.. names];
            after = Cursor.At(page.Images[^1], query.OrderBy);
        }
    }

    /// <summary>Six images that differ in every field, with ties in each; some finished, some in batches.</summary>
    private async Task Shelf()
    {
        var n = 0;
        foreach (var (name, space, string1) in new[]
        {
            ("a", 5, "Atlas"), ("b", 5, "Atlas"), ("c", 6, "b"), ("d", 5, "Ökonomie"), ("e", 7, "atlas"), ("f", 5, "b"),
        })
        {
            var id = Some.Id(name, space);
            var image = Some.Image(id, name is "d" ? "b" : string1, n / 2, n % 2 is 0 ? "even" : "odd") with
            {
                String2 = n < 3 ? "shelf 1" : "",
                Number2 = -n,
                MediaType = n < 2 ? null : "image/jp2",
                MaxUnauthorised = n % 3,
            };
            await Register(image, Began.AddMilliseconds(n / 3).AddMicroseconds(n / 2), batch: n % 3 is 1 ? 7 : null);
            if (n % 2 is 1) await projected.HappenAt(Began.AddHours(n / 2), id.Stream, Some.Ingested(id));
            n++;
        }
    }
}
