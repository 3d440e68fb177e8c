using Dlcs.Iiif.ImageApi;

namespace Dlcs.Unit.ImageApi;

public sealed class FramingARequest
{
    private static readonly SizeLimits Platform = new(5000, 5000);

    private static Outcome<Frame> Of(
        string region, string size, ApiVersion version = ApiVersion.V3, int width = 300, int height = 200,
        SizeLimits? limits = null) => Framing.Of(
            Region.Parse(region).ShouldNotBeNull(), Size.Parse(size, version).ShouldNotBeNull(), width, height,
            limits ?? Platform);

    [Theory]
    [InlineData("full", 0, 0, 300, 200)]
    [InlineData("square", 50, 0, 200, 200)]
    [InlineData("125,15,120,140", 125, 15, 120, 140)]
    [InlineData("125,15,200,200", 125, 15, 175, 185)] // the specification's example 5
    [InlineData("pct:41.6,7.5,40,70", 125, 15, 120, 140)] // example 4
    [InlineData("pct:41.6,7.5,66.6,100", 125, 15, 175, 185)] // example 6
    [InlineData("299,199,1,1", 299, 199, 1, 1)]
    [InlineData("0,0,99999999999,99999999999", 0, 0, 300, 200)]
    [InlineData("pct:99.99,99.99,0.001,0.001", 299, 199, 1, 1)]
    public void extracts_the_region_and_crops_it_at_the_edge(string region, int x, int y, int width, int height) =>
        Of(region, "max").Value.ShouldNotBeNull().Region.ShouldBe(new(x, y, width, height));

    [Theory]
    [InlineData("0,0,0,10")]
    [InlineData("0,0,10,0")]
    [InlineData("300,0,10,10")]
    [InlineData("0,200,10,10")]
    [InlineData("99999999999,0,10,10")]
    [InlineData("pct:0,0,0,10")]
    [InlineData("pct:100,0,10,10")]
    public void refuses_a_region_that_holds_nothing(string region) => Of(region, "max").Refusal!.Status.ShouldBe(400);

    [Theory]
    [InlineData("max", 300, 200)]
    [InlineData("150,", 150, 100)]
    [InlineData(",150", 225, 150)]
    [InlineData("pct:50", 150, 100)]
    [InlineData("225,100", 225, 100)]
    [InlineData("!225,100", 150, 100)] // example 6
    [InlineData("!1000,1000", 300, 200)] // "as large as possible but not larger than the extracted region"
    [InlineData("!300,1", 2, 1)]
    [InlineData("^150,", 150, 100)]
    [InlineData("^pct:100", 300, 200)]
    [InlineData("^!100,100", 100, 67)]
    public void scales(string size, int width, int height)
    {
        var frame = Of("full", size).Value.ShouldNotBeNull();

        (frame.Width, frame.Height).ShouldBe((width, height));
    }

    [Theory]
    [InlineData("301,", 400)]
    [InlineData(",201", 400)]
    [InlineData("301,10", 400)]
    [InlineData("10,201", 400)]
    [InlineData("pct:100.5", 400)]
    [InlineData("pct:99999999", 400)]
    [InlineData("99999999999,", 400)]
    [InlineData("pct:0.1", 400)]
    [InlineData("^360,", 501)]
    [InlineData("^pct:120", 501)]
    [InlineData("^!360,360", 501)]
    [InlineData("^360,360", 501)]
    [InlineData("^max", 501)]
    public void neither_enlarges_nor_vanishes(string size, int status) =>
        Of("full", size).Refusal!.Status.ShouldBe(status);

    [Theory]
    [InlineData("301,")]
    [InlineData("301,201")]
    [InlineData("pct:101")]
    public void does_not_enlarge_in_2_1_either(string size) =>
        Of("full", size, ApiVersion.V2).Refusal!.Status.ShouldBe(400);

    [Theory]
    [InlineData("max", ApiVersion.V3, 200, 133)] // the specification's example 1: a maxWidth of 200
    [InlineData("max", ApiVersion.V2, 200, 133)]
    [InlineData("^max", ApiVersion.V3, 200, 133)]
    [InlineData("!250,250", ApiVersion.V3, 200, 133)]
    public void stays_within_the_limits_where_it_may_choose(string size, ApiVersion version, int width, int height)
    {
        var frame = Of("full", size, version, limits: new(200, 200)).Value.ShouldNotBeNull();

        (frame.Width, frame.Height).ShouldBe((width, height));
    }

    [Theory]
    [InlineData("201,", ApiVersion.V3)]
    [InlineData("201,10", ApiVersion.V3)]
    [InlineData("pct:90", ApiVersion.V2)]
    [InlineData("full", ApiVersion.V2)]
    public void refuses_what_is_over_the_limits(string size, ApiVersion version) =>
        Of("full", size, version, limits: new(200, 200)).Refusal!.Status.ShouldBe(400);

    [Fact]
    public void keeps_within_an_area()
    {
        var limits = new SizeLimits(5000, 5000, 15_000);
        var frame = Of("full", "max", limits: limits).Value.ShouldNotBeNull();

        (frame.Width, frame.Height).ShouldBe((150, 100));
        Of("full", "160,", limits: limits).Refusal!.Status.ShouldBe(400);
    }

    [Fact]
    public void keeps_a_pixel_of_a_picture_that_is_all_width()
    {
        var frame = Of("full", "max", width: 60_000, height: 1).Value.ShouldNotBeNull();

        (frame.Width, frame.Height).ShouldBe((5000, 1));
    }

    [Fact]
    public void answers_with_a_frame_inside_picture_and_limits_or_refuses() => Properties.Check((width, height, n) =>
    {
        var region = new Region.Pixels(n[0], n[1], n[2], n[3]);
        var (w, h) = (n[4] + 1, n[5] + 1);
        Size[] sizes =
        [
            new Size.Max(), new Size.ToWidth(w), new Size.ToHeight(h), new Size.Exact(w, h), new Size.Within(w, h),
            new Size.Percent(w / 100.0),
        ];
        foreach (var size in sizes)
        {
            var (frame, refusal) = Framing.Of(region, size, width, height, Platform);
            (frame is null).ShouldBe(refusal is not null);
            if (frame is null) continue;

            frame.Region.X.ShouldBeGreaterThanOrEqualTo(0);
            frame.Region.Right.ShouldBeLessThanOrEqualTo(width);
            frame.Region.Bottom.ShouldBeLessThanOrEqualTo(height);
            frame.Width.ShouldBeInRange(1, int.Min(frame.Region.Width, Platform.Width));
            frame.Height.ShouldBeInRange(1, int.Min(frame.Region.Height, Platform.Height));
        }
    });

    [Fact]
    public void keeps_the_proportions_to_half_a_pixel() => Properties.Check((width, height, n) =>
    {
        var size = new Size.Within(n[0] + 1, n[1] + 1);
        if (Framing.Of(new Region.Full(), size, width, height, Platform).Value is not { } f) return;

        var byWidth = double.Abs(((double)f.Width * height / width) - f.Height) <= 0.5;
        var byHeight = double.Abs(((double)f.Height * width / height) - f.Width) <= 0.5;
        (byWidth || byHeight || f.Width is 1 || f.Height is 1).ShouldBeTrue();
    });

    [Fact]
    public void lets_neighbouring_percentages_meet() => Properties.Check((width, height, n) =>
    {
        var split = n[0] % 100;
        if (split is 0) return;
        var left = Framing.Extract(new Region.Percent(0, 0, split, 100), width, height);
        var right = Framing.Extract(new Region.Percent(split, 0, 100 - split, 100), width, height);
        if (left is { } l && right is { } r && width > 100) r.X.ShouldBe(l.Right);
    });
}
