using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Integration.Read;

/// <summary>Each order that is offered, on images with equal, missing, accented and far values.</summary>
public abstract partial class ImageIndexContract
{
    private const long Exact = 1L << 53; // the next number a double does not know

    /// <summary>
    /// Texts by code points, numbers by their value; what is equal by space, then name; what has no value behind all
    /// others, but an empty text is a value.
    /// </summary>
    private static readonly Dictionary<ImageField, string> Ascending = new()
    {
        [ImageField.Space] = "B a é 𠮷 b ～",
        [ImageField.Id] = "B a b é ～ 𠮷",
        [ImageField.String1] = "B é a b ～ 𠮷",
        [ImageField.String2] = "B ～ 𠮷 b é a",
        [ImageField.String3] = "𠮷 ～ B a é b",
        [ImageField.Number1] = "B é a ～ 𠮷 b",
        [ImageField.Number2] = "B a é 𠮷 ～ b",
        [ImageField.Number3] = "～ B a é 𠮷 b",
        [ImageField.Batch] = "b B é 𠮷 a ～",
        [ImageField.Created] = "～ a B 𠮷 b é",
        [ImageField.Finished] = "b a é 𠮷 B ～",
        [ImageField.Width] = "B é 𠮷 ～ b a",
        [ImageField.Height] = "B é 𠮷 ～ a b",
        [ImageField.MediaType] = "B ～ 𠮷 b é a",
        [ImageField.Origin] = "B é b a 𠮷 ～",
        [ImageField.Error] = "B a b ～ 𠮷 é",
        [ImageField.Ingesting] = "a é 𠮷 b B ～",
        [ImageField.MaxUnauthorised] = "B ～ a é 𠮷 b",
    };

    [Fact]
    public async Task shows_every_order_that_is_offered_both_ways()
    {
        await OddShelf();
        Ascending.Keys.ShouldBe(QueryFields.Orders.Select(QueryFields.Field), ignoreOrder: true);

        foreach (var (field, names) in Ascending)
        {
            var ascending = names.Split(' ');
            (await Names(All() with { OrderBy = [new(field)] })).ShouldBe(ascending, $"by {field}");
            (await Names(All() with { OrderBy = [new(field, Descending: true)] }))
                .ShouldBe(ascending.Reverse(), $"by {field}, descending");
        }
    }

    private async Task OddShelf()
    {
        var beginning = new string('x', ImageFields.SortedLength);
        await Put(-864_000_000_000, null, Image("～", "～", Exact, space: 10) with
        {
            Number3 = long.MinValue,
            Origin = "https://\U00020BB7",
        });
        await Put(-10, null, Image("a", "zebra", 0) with
        {
            String2 = "é",
            String3 = beginning + "a",
            Origin = "https://é.example/",
            MaxUnauthorised = 0,
        });
        await Put(0, 7, Image("B", "Zebra", -1) with { String3 = beginning + "b" });
        await Put(0, 10, Image("𠮷", "\U00020BB7", Exact + 1) with
        {
            String2 = "e",
            MediaType = "image/jp2",
            Origin = "https://～",
            MaxUnauthorised = 1,
        });
        await Put(0, 3, Image("b", "Ökonomie", long.MaxValue, space: 9) with
        {
            String2 = "e",
            String3 = "\U00020BB7",
            Number2 = 1,
            MediaType = "image/jp2",
            Origin = "https://e.example/",
            MaxUnauthorised = 400,
        });
        await Put(10, 7, Image("é", "Zebra", -1) with
        {
            String2 = "f",
            String3 = "～",
            MediaType = "image/png",
            MaxUnauthorised = 0,
        });

        await Happens(1, Some.Ingested(Some.Id("b", 9)) with { Width = 600, Height = 20 });
        await Happens(2, Some.Ingested(Some.Id("a")) with { Width = 800, Height = 10 });
        await Happens(2, new ImageFailed(Some.Id("é"), Guid.Empty, "é", new(Waiting: true, Batch: 7)));
        await Happens(3, new ImageFailed(Some.Id("𠮷"), Guid.Empty, "e", new(Waiting: true, Batch: 10)));

        Task Put(long ticks, int? batch, ImageDescription image) => Register(image, Began.AddTicks(ticks), batch);

        Task Happens(int hours, IImageEvent e) => projected.HappenAt(Began.AddHours(hours), e.Id.Stream, e);
    }

    private static ImageDescription Image(string name, string string1, long number1, int space = 5) =>
        Some.Image(Some.Id(name, space), string1, number1) with { MediaType = null, Origin = null, Number3 = 5 };
}
