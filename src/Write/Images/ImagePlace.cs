using Dlcs.Kernel;
using Dlcs.Write.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Images;

/// <summary>The image that the request's URL names.</summary>
public sealed record ImagePlace(ImageId Id, IResult? Refusal) : IRefusable
{
    /// <summary>
    /// Read from the URL as it was sent: by the time that routes are matched, <c>%2F</c> and <c>%252F</c> look alike.
    /// </summary>
    public static ValueTask<ImagePlace> BindAsync(HttpContext http)
    {
        var sent = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var id = ImageName.InUrl(sent) ?? Routed(http);
        return new(new ImagePlace(
            id, ImageName.Fault(id.Name) is { } fault ? Answers.Invalid([$"the image's id {fault}"]) : null));
    }

    private static ImageId Routed(HttpContext http)
    {
        var name = (string)http.GetRouteValue("image")!;
        return new(
            SpaceId.Parse($"{http.GetRouteValue("customer")}/{http.GetRouteValue("space")}", null),
            name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));
    }
}
