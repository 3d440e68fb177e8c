using Dlcs.Kernel;
using Dlcs.Write.Bodies;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Write.Images;

/// <summary>The image that the request's URL names.</summary>
public sealed record ImagePlace(ImageId Id, IResult? Refusal) : IRefusable
{
    public static ValueTask<ImagePlace> BindAsync(HttpContext http)
    {
        var id = SentPath.Image(http);
        return new(new ImagePlace(
            id, ImageName.Fault(id.Name) is { } fault ? Answers.Invalid([$"the image's id {fault}"]) : null));
    }
}
