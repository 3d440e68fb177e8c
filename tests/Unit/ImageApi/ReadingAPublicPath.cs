using Dlcs.Iiif.ImageApi;
using Dlcs.Iiif.ImageApi.Serving;

namespace Dlcs.Unit.ImageApi;

public sealed class ReadingAPublicPath
{
    private static PublicPath? Parse(string target) => PublicPath.Parse(target, "/iiif-img/");

    [Theory]
    [InlineData("/iiif-img/2/5/folio", null, "2/5/folio", "")]
    [InlineData("/iiif-img/2/5/folio/", null, "2/5/folio", "")]
    [InlineData("/iiif-img/v2/2/5/folio/info.json?a=/b", ApiVersion.V2, "2/5/folio", "info.json")]
    [InlineData("/iiif-img/v3/wellcome/5/a%2Fb/full/max/0/default.jpg", ApiVersion.V3, "wellcome/5/a%2Fb",
        "full/max/0/default.jpg")]
    [InlineData("https://iiif.example/iiif-img/2/5/folio/info.json", null, "2/5/folio", "info.json")]
    [InlineData("/IIIF-IMG/2/5/folio", null, "2/5/folio", "")]
    public void cuts_it_at_the_slashes(string target, ApiVersion? version, string image, string rest)
    {
        var path = Parse(target).ShouldNotBeNull();

        (path.Version, path.ImageText.ToString(), path.RestText.ToString()).ShouldBe((version, image, rest));
    }

    [Theory]
    [InlineData("/iiif-img/")]
    [InlineData("/iiif-img/2/5")]
    [InlineData("/iiif-img?/2/5/folio")]
    [InlineData("/elsewhere/2/5/folio")]
    [InlineData("*")]
    [InlineData("https://iiif.example")]
    public void refuses_what_names_no_image(string target) => Parse(target).ShouldBeNull();

    [Theory]
    [InlineData("/iiif-img/2/5/ark:%2F12025%2F654xz321", "ark:/12025/654xz321")]
    [InlineData("/iiif-img/2/5/1%253C69", "1%3C69")]
    [InlineData("/iiif-img/2/5/Bl%C3%A4tter%20vorn", "Blätter vorn")]
    [InlineData("/iiif-img/2/5/100%", "100%")]
    public void decodes_a_name_once(string target, string name) =>
        Parse(target).ShouldNotBeNull().Names().ShouldBe(("2", "5", name));

    [Theory]
    [InlineData("/iiif-img/2//folio")]
    [InlineData("/iiif-img/2/5//info.json")]
    public void needs_every_name(string target) => Parse(target).ShouldNotBeNull().Names().ShouldBeNull();
}
