namespace Dlcs.Integration.ImageApi;

/// <summary>A picture so wide that a row of its tiles is more than is held at a time.</summary>
public sealed class NarrowingAWidePicture(PublicHost host) : IClassFixture<PublicHost>
{
    [Theory]
    [InlineData("full/400,120", 0, 41_003)]
    [InlineData("701,0,40001,120/300,120", 701, 40_001)]
    public async Task looks_as_if_it_had_been_made_in_one_piece(string request, int left, int columns)
    {
        using var wide = Picture.Make(41_003, 120);
        host.Images.Set("wide", await host.Stored.Store(wide, 256));

        using var made = await host.Look($"/iiif-img/2/5/wide/{request}/0/default.png");

        using var part = wide.Crop(left, 0, columns, 120);
        using var expected = part.Resize((double)made.Width / columns, vscale: 1);
        Picture.Likeness(made, expected).ShouldBeGreaterThan(30);
    }
}
