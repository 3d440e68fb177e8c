using System.Net;

namespace Dlcs.Integration.Presentation;

/// <summary>Whatever is asked below the routes of manifests is answered as everything else is.</summary>
public sealed class MissingAManifest : IAsyncLifetime
{
    private readonly PublicSite site = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => site.InitializeAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData("/iiif-manifest/2/5/ark:/12", "A manifest of one image is found at {customer}/{space}/{image}.")]
    [InlineData("/iiif-manifest/2/5", "A manifest of one image is found at {customer}/{space}/{image}.")]
    [InlineData("/iiif-manifest/v3/2", "The path must name a customer and what of it is asked for.")]
    [InlineData("/iiif-manifest", "The path must name a customer and what of it is asked for.")]
    [InlineData("/iiif-resource/2", "The path must name a customer and what of it is asked for.")]
    [InlineData("/iiif-resource/v2/2", "The path must name a customer and what of it is asked for.")]
    [InlineData("/resource/2/", "The path must name a customer and what of it is asked for.")]
    [InlineData("/raw-resource/2", "The path must name a customer and what of it is asked for.")]
    public Task by_its_path_is_said_in_a_sentence(string path, string sentence) =>
        Answers(HttpMethod.Get, path, HttpStatusCode.NotFound, sentence + "\n");

    [Theory]
    [InlineData("POST", "/iiif-manifest/2/5/a")]
    [InlineData("DELETE", "/iiif-resource/2/book/book")]
    [InlineData("PUT", "/raw-resource/2")]
    public async Task is_not_mended_by_writing(string method, string path)
    {
        var allowed = await Answers(
            new(method), path, HttpStatusCode.MethodNotAllowed, "This is only read: GET, HEAD and OPTIONS.\n");

        allowed.ShouldBe(["GET", "HEAD", "OPTIONS"]);
    }

    [Theory]
    [InlineData("/iiif-manifest/2/5/ark:/12")]
    [InlineData("/iiif-resource/2")]
    public async Task may_be_asked_by_any_script(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        using var response = await site.Client.SendAsync(request, Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        response.Headers.GetValues("Access-Control-Allow-Methods").ShouldBe(["GET, HEAD, OPTIONS"]);
    }

    private async Task<IEnumerable<string>> Answers(
        HttpMethod method, string path, HttpStatusCode status, string body)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await site.Client.SendAsync(request, Ct);

        response.StatusCode.ShouldBe(status);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        response.Content.Headers.ContentType.ShouldNotBeNull().ToString().ShouldBe("text/plain; charset=utf-8");
        (await response.Content.ReadAsStringAsync(Ct)).ShouldBe(body);
        return response.Content.Headers.Allow;
    }
}
