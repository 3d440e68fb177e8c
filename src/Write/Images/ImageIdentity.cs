using Dlcs.Kernel;

namespace Dlcs.Write.Images;

/// <summary>A body may repeat which image it is; it must not name another than the URL.</summary>
public static class ImageIdentity
{
    /// <returns>What is wrong; <c>null</c> for nothing.</returns>
    public static string? Fault(ImageBody body, ImageId id)
    {
        if (body.Id.HasValue && body.Id.Value is not "" && ImageName.Within(body.Id.Value, id.Space) != id.Name)
            return $"id must be {id.Name}, as in the URL, or be left out";
        if (body.Space.Or(0) != 0 && body.Space.Value != id.Space.Space)
            return $"space must be {id.Space.Space}, as in the URL, or be left out";
        if (body.Url.Or("") is not "" && ImageName.InUrl(body.Url.Value) != id)
            return "@id must be the URL of this image, or be left out";
        return null;
    }
}
