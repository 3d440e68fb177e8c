using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Integration.Read;

/// <summary>What was: everything that can be asked of the present can be asked of any past.</summary>
public abstract partial class ImageIndexContract
{
    [Fact]
    public async Task shows_images_as_they_were()
    {
        var id = Some.Id("a");
        var registered = await Register(Some.Image(id, "first"));
        var described = await projected.Happen(id.Stream, new ImageDescribed(id, String1: "second"));
        var deleted = await projected.Happen(id.Stream, new ImageDeleted(id, new(Waiting: true)));
        var again = await projected.Happen(id.Stream, Some.Registered(Some.Image(id, "third")));

        (await Index.Find(id, new(registered.Value - 1), Ct)).ShouldBeNull();
        (await Index.Find(id, registered, Ct)).ShouldNotBeNull().Image.String1.ShouldBe("first");
        (await Index.Find(id, described, Ct)).ShouldNotBeNull().Image.String1.ShouldBe("second");
        (await Index.Find(id, deleted, Ct)).ShouldBeNull();
        (await Index.Find(id, again, Ct)).ShouldNotBeNull().Image.String1.ShouldBe("third");
        (await Names(All(new Criterion(ImageField.String1, ["first"])) with { AsOf = registered })).ShouldBe(["a"]);
        (await Names(All(new Criterion(ImageField.String1, ["first"])) with { AsOf = described })).ShouldBeEmpty();
    }

    [Fact]
    public async Task finds_the_position_of_a_time()
    {
        var id = Some.Id("a");
        var first = await Register(Some.Image(id), Began);
        var second = await projected.HappenAt(Began.AddHours(1), id.Stream, new ImageDescribed(id, String1: "x"));
        var gone = await projected.HappenAt(Began.AddHours(2), id.Stream, new ImageDeleted(id, new(true)));

        (await Index.At(Began.AddSeconds(-1), Ct)).ShouldBe(Position.Start);
        (await Index.At(Began, Ct)).ShouldBe(first);
        (await Index.At(Began.AddMinutes(59), Ct)).ShouldBe(first);
        (await Index.At(Began.AddHours(1), Ct)).ShouldBe(second);
        (await Index.At(Began.AddDays(1), Ct)).ShouldBe(gone);
    }

    [Fact]
    public async Task answers_everything_as_of_a_position()
    {
        var (a, b, c) = (Some.Id("a"), Some.Id("b"), Some.Id("c"));
        await Register(Some.Image(a, "Old Book", 1, "red"), Began);
        await Register(Some.Image(b, "Old Book", 2, "blue"), Began.AddDays(1));
        var then = await Register(Some.Image(c, "Old Map", 3, "red"), Began.AddDays(2));
        await projected.Happen(a.Stream, new ImageDescribed(a, String1: "New", Number1: 9, Tags: ["green"]));
        await projected.Happen(b.Stream, new ImageDeleted(b, new(Waiting: true)));

        var was = All() with { AsOf = then, OrderBy = [new(ImageField.Number1)], Take = 10 };
        (await Names(was with { Text = Text("old") })).ShouldBe(["a", "b", "c"]);
        (await Names(was with { Text = Text("\"old book\"") })).ShouldBe(["a", "b"]);
        (await Names(was with { Text = Text("new") })).ShouldBeEmpty();
        (await Names(was with { Ranges = [Numbers(ImageField.Number1, 2, 3)] })).ShouldBe(["b", "c"]);
        (await Names(was with { Ranges = [Times(ImageField.Created, Began.AddDays(1), null)] })).ShouldBe(["b", "c"]);

        var page = await Index.Query(was with { Facets = [ImageField.Tags, ImageField.String1] }, Ct);
        Shown(page.Facets[0]).ShouldBe(["red 2", "blue 1"]);
        Shown(page.Facets[1]).ShouldBe(["Old Book 2", "Old Map 1"]);
        page.Total.ShouldBe(3);

        var first = await Index.Query(was with { Take = 2 }, Ct);
        (await Names(was with { After = Cursor.At(first.Images[^1], was.OrderBy) })).ShouldBe(["c"]);
        (await Names(All() with { Text = Text("old") })).ShouldBe(["c"]);
    }
}
