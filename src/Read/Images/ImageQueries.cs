using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Read.Images;

/// <summary>Images as the API shows them: one, many, as they were.</summary>
public static class ImageQueries
{
    public static void Map(IEndpointRouteBuilder customer)
    {
        customer.MapGet("/allImages", (int customer, HttpContext http, ReadApi read) =>
            Collection(customer, [], $"{read.Urls(http).Customer(customer)}/allImages", http, read));
        customer.MapGet("/spaces/{space:int}/images", OfSpace);
        customer.MapGet("/spaces/{space:int}/images/{image}", One);
        customer.MapGet("/spaces/{space:int}/images/{image}/storage", Storage);
        customer.MapGet("/spaces/{space:int}/images/{image}/metadata", Metadata);
        customer.MapGet("/spaces/{space:int}/images/{image}/history", ImageHistory.Show);
    }

    /// <summary>The image as a body, with that status; 404 when there is none.</summary>
    /// <param name="decided">What the command decided, where the index does not show it yet.</param>
    public static async Task<IResult> Show(
        ImageId id, int status, ReadApi read, HttpContext http, ImageView? decided = null, Position? asOf = null)
    {
        var view = decided ?? await read.Images.Find(id, asOf, http.RequestAborted);
        return view is null
            ? Hydra.NotFound($"there is no image {id}")
            : new Hydra(json => ImageJson.Write(json, view, read.Urls(http)), status);
    }

    internal static async Task<IResult> Collection(
        int customer, IReadOnlyList<Criterion> fixedTo, string id, HttpContext http, ReadApi read)
    {
        var (paging, urls) = (Paging.Of(http.Request), read.Urls(http));
        var (query, fault) = ImageQueryParameters.Parse(http.Request, customer, fixedTo, urls);
        var (highlight, noHighlight) = ImageQueryParameters.Highlight(http.Request);
        if ((fault ?? noHighlight) is { } wrong) return Hydra.BadRequest(wrong);
        var (asOf, noPast) = await AsOf.Resolve(http.Request, read, http.RequestAborted);
        if (noPast is not null) return Hydra.BadRequest(noPast);

        var skip = query!.After is null ? paging.Skip : 0;
        var page = await read.Images.Query(
            query with { AsOf = asOf, Skip = skip, Take = paging.Size + 1 }, http.RequestAborted);
        IReadOnlyList<ImageView> images = [.. page.Images.Take(paging.Size)];
        var next = page.Images.Count == images.Count ? "" // the one more tells whether any stands behind
            : CursorText.Write(Cursor.At(images[^1], query.OrderBy), query.OrderBy[0]);
        var text = highlight ? query.Text : null;
        return http.Request.Collection(
            id, images, page.Total, paging, (json, view) => ImageJson.Write(json, view, urls, text), next,
            json => FacetJson.Write(json, page.Facets, customer, urls));
    }

    private static async Task<IResult> OfSpace(int customer, int space, HttpContext http, ReadApi read)
    {
        var id = new SpaceId(customer, space);
        var found = await read.Views.Find(Projecting.ViewDefinitions.Spaces, id.ToString(), http.RequestAborted);
        var isPast = http.Request.Query.ContainsKey("asOf"); // what is deleted was there once
        if (found is null || (found.Deleted && !isPast)) return Hydra.NotFound($"there is no space {id}");
        var url = $"{read.Urls(http).Space(id)}/images";
        return await Collection(customer, [new(ImageField.Space, [space])], url, http, read);
    }

    private static async Task<IResult> One(HttpContext http, ReadApi read)
    {
        var (asOf, fault) = await AsOf.Resolve(http.Request, read, http.RequestAborted);
        return fault is not null ? Hydra.BadRequest(fault)
            : await Show(SentPath.Image(http), StatusCodes.Status200OK, read, http, asOf: asOf);
    }

    private static async Task<IResult> Storage(HttpContext http, ReadApi read)
    {
        var id = SentPath.Image(http);
        if (await read.Images.Find(id, asOf: null, http.RequestAborted) is not { } view)
            return Hydra.NotFound($"there is no image {id}");
        var urls = read.Urls(http);
        return new Hydra(json =>
        {
            json.Begin(urls, "ImageStorage", $"{urls.Image(id)}/storage");
            json.WriteNumber("thumbnailSize", view.Ready?.Thumbnails.Sum(t => t.Bytes) ?? 0);
            json.WriteNumber("size", view.Ready?.Pyramid?.Bytes ?? 0);
            json.Date("lastChecked", view.Finished);
            json.WriteBoolean("checkingInProgress", false);
            json.WriteEndObject();
        });
    }

    /// <summary>The DLCS tells here of transcoding, which nothing here needs.</summary>
    private static async Task<IResult> Metadata(HttpContext http, ReadApi read)
    {
        var id = SentPath.Image(http);
        return await read.Images.Find(id, asOf: null, http.RequestAborted) is null
            ? Hydra.NotFound($"there is no image {id}")
            : Hydra.BadRequest($"{id} is neither audio nor video: there is no transcoding to tell of");
    }
}
