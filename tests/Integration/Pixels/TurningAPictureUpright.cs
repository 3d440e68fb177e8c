using NetVips;

namespace Dlcs.Integration.Pixels;

public sealed class TurningAPictureUpright : Workbench
{
    /// <summary>EXIF 2.3, Orientation: which of these turns makes the stored picture upright again.</summary>
    private static readonly Dictionary<int, Func<Image, Image>> Stored = new()
    {
        [1] = upright => upright.Copy(),
        [2] = upright => upright.FlipHor(),
        [3] = upright => upright.Rot180(),
        [4] = upright => upright.FlipVer(),
        [5] = upright => upright.Rot90().FlipHor(),
        [6] = upright => upright.Rot270(),
        [7] = upright => upright.Rot270().FlipHor(),
        [8] = upright => upright.Rot90(),
    };

    public static TheoryData<int, string> Orientations =>
    [
        .. from orientation in Enumerable.Range(1, 8)
           from kind in (string[])["jpeg", "tiff"]
           select (orientation, kind),
    ];

    [Theory]
    [MemberData(nameof(Orientations))]
    public async Task undoes_every_orientation(int orientation, string kind)
    {
        using var upright = Pictures.Colour(700, 520);
        using var turned = Stored[orientation](upright).Mutate(m => m.Set(GValue.GIntType, "orientation", orientation));
        var source = Save(turned, (image, file) =>
        {
            if (kind is "jpeg") image.Jpegsave(file, q: 95);
            else image.Tiffsave(file);
        });

        var made = await Make(source, "!200,200");

        (made.Width, made.Height).ShouldBe((700, 520));
        using var shown = await Level(made, 0);
        Decibels(shown, upright).ShouldBeGreaterThan(35);
        made.Thumbnails.Single().ShouldSatisfyAllConditions(
            thumbnail => thumbnail.Width.ShouldBe(200), thumbnail => thumbnail.Height.ShouldBe(148));
        Directory.GetFiles(Work, "*.v").ShouldBeEmpty();
    }
}
