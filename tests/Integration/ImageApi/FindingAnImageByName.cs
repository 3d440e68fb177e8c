namespace Dlcs.Integration.ImageApi;

public sealed class FindingAnImageByName(PublicHost host) : IClassFixture<PublicHost>
{
    private static readonly string[] Alike = ["a%20b", "a b", "a%2520b"];

    /// <summary>The URL of the one reads as the other's name.</summary>
    [Theory]
    [InlineData("/iiif-img/2/5/{0}/info.json")]
    [InlineData("/iiif-img/2/5/{0}/full/10,/0/default.jpg")]
    [InlineData("/thumbs/2/5/{0}/full/100,69/0/default.jpg")]
    public async Task keeps_those_apart_that_read_alike(string path)
    {
        var ready = await host.Stored.Store(host.Folio, 256, 100);
        foreach (var name in Alike) host.Images.Set(name, ready);

        foreach (var name in Alike.Concat(Alike).Select(Uri.EscapeDataString))
        {
            using var response = await host.Get(string.Format(null, path, name));
            response.Headers.GetValues("x-asset-id").ShouldBe([$"2/5/{name}"]);
        }
    }
}
