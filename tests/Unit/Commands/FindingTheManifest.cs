using Dlcs.Host.Commands.Adding;

namespace Dlcs.Unit.Commands;

/// <summary>Whatever the named query's template is, the address selects what was added.</summary>
public sealed class FindingTheManifest
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["space"] = "5",
        ["spacename"] = "maps",
        ["s1"] = "ms/12",
        ["s2"] = "",
        ["s3"] = "x",
    };

    [Theory]
    [InlineData(ManifestPath.DefaultTemplate, "/iiif-resource/1/book/5/ms%2F12")]
    [InlineData("canvas=n1&s1=p1&space=p2", "/iiif-resource/1/book/ms%2F12/5")]
    [InlineData("canvas=n1&spacename=p1", "/iiif-resource/1/book/maps")]
    [InlineData("canvas=n1&space=5&s1=x", "/iiif-resource/1/book")]
    [InlineData("sequence=n1&canvas=n2&s1=p1&s3=p2&#=1", "/iiif-resource/1/book/ms%2F12/x")]
    [InlineData("n3=&=10&s1=p1", "/iiif-resource/1/book/ms%2F12")]
    public void fills_the_template(string template, string path) =>
        ManifestPath.Of(1, "book", template, Known).ShouldBe(path);

    [Fact]
    public void says_which_argument_it_cannot_fill() =>
        Should.Throw<ApiException>(() => ManifestPath.Of(1, "by-year", "n1=p1&s1=p2", Known))
            .Message.ShouldContain("p1");
}
