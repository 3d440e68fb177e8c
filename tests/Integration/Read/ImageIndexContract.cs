using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Integration.Read;

/// <summary>What every image index does.</summary>
public abstract partial class ImageIndexContract(Postgres postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset Began = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private Projected projected = null!;
    private IImageIndex? index;

    private IImageIndex Index => index ??= Asked(projected);

    private protected virtual Task<Projected> Start(Postgres postgres) => Projected.Start(postgres);

    private protected virtual IImageIndex Asked(Projected projected) => projected.Images;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => projected = await Start(postgres);

    public virtual async ValueTask DisposeAsync()
    {
        await projected.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private Task<Position> Register(ImageDescription image, DateTimeOffset? at = null, int? batch = null) =>
        projected.HappenAt(at ?? Began, image.Id.Stream, Some.Registered(image, batch));

    private async Task<string[]> Names(ImageQuery query) =>
        [.. (await Index.Query(query, Ct)).Images.Select(i => i.Id.Name)];

    private static ImageQuery All(params Criterion[] where) => new(2, where, []);

    [Fact]
    public async Task finds_an_image_by_its_id()
    {
        await Register(Some.Image(Some.Id("a/ü 1")));

        (await Index.Find(Some.Id("a/ü 1"), null, Ct)).ShouldNotBeNull().Image.String1.ShouldBe("book");
        (await Index.Find(Some.Id("b"), null, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task shows_nobody_anothers_images()
    {
        await Register(Some.Image(Some.Id("mine")));
        await Register(Some.Image(Some.Id("theirs", customer: 3)));

        (await Names(All())).ShouldBe(["mine"]);
    }

    [Fact]
    public async Task selects_by_strings_numbers_and_space()
    {
        await Register(Some.Image(Some.Id("a"), "x", 1));
        await Register(Some.Image(Some.Id("b"), "x", 2));
        await Register(Some.Image(Some.Id("c", space: 6), "x", 2));

        (await Names(All(new Criterion(ImageField.String1, ["x"]), new Criterion(ImageField.Number1, [2L]))))
            .ShouldBe(["b", "c"]);
        (await Names(All(new Criterion(ImageField.Space, [6L])))).ShouldBe(["c"]);
        (await Names(All(new Criterion(ImageField.Number1, [1L, 2L])))).ShouldBe(["a", "b", "c"]);
        (await Names(All(new Criterion(ImageField.Id, ["b"])))).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("rolesAll")]
    [InlineData("manifestsAll")]
    [InlineData("tagsAll")]
    public async Task selects_by_any_value_of_a_list_or_by_all(string name)
    {
        foreach (var (image, values) in new (string, string[])[]
        {
            ("a", ["staff", "readers"]), ("b", ["staff"]), ("c", []), ("d", ["readers", "others"]),
        })
        {
            await Register(name switch
            {
                "rolesAll" => Some.Image(Some.Id(image)) with { Roles = values },
                "manifestsAll" => Some.Image(Some.Id(image)) with { Manifests = values },
                _ => Some.Image(Some.Id(image)) with { Tags = values },
            });
        }

        var both = new Criterion(QueryFields.Field(name), ["staff", "readers"]);
        (await Names(All(both))).ShouldBe(["a", "b", "d"]);
        (await Names(All(both with { All = true }))).ShouldBe(["a"]);
        (await Names(All(new Criterion(QueryFields.Field(name), ["staff", "others"]) { All = true }))).ShouldBeEmpty();
    }

    [Fact]
    public async Task keeps_a_batch_apart_from_every_batch_it_came_with()
    {
        var id = Some.Id("a");
        await projected.Happen(StreamName.Batch(7), new BatchSubmitted(7, 2, 1));
        await projected.Happen(StreamName.Batch(8), new BatchSubmitted(8, 2, 1));
        await Register(Some.Image(id), batch: 7);
        await projected.Happen(id.Stream, Some.Registered(Some.Image(id), 8, new(true, Batch: 7)));

        (await Names(All(new Criterion(ImageField.Batch, [7L])))).ShouldBeEmpty();
        (await Names(All(new Criterion(ImageField.Batches, [7L])))).ShouldBe(["a"]);
    }

    [Fact]
    public async Task counts_all_whatever_the_page()
    {
        foreach (var name in new[] { "a", "b", "c" }) await Register(Some.Image(Some.Id(name)));

        var page = await Index.Query(All() with { Skip = 1, Take = 1 }, Ct);

        page.Total.ShouldBe(3);
        page.Images.ShouldHaveSingleItem().Id.Name.ShouldBe("b");
    }

    [Fact]
    public async Task leaves_out_what_is_not_ready_when_asked()
    {
        await Register(Some.Image(Some.Id("waits")));
        await Register(Some.Image(Some.Id("ready")));
        await projected.Happen(Some.Id("ready").Stream, Some.Ingested(Some.Id("ready")));

        (await Names(All() with { Ready = true })).ShouldBe(["ready"]);
    }
}
