using Dlcs.Kernel;
using Dlcs.Read.Api;
using Dlcs.Read.Projecting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Read.Spaces;

/// <summary>How much of storage a space takes, as the API shows it.</summary>
public static class SpaceStorageQueries
{
    public static void Map(IEndpointRouteBuilder customer) => customer.MapGet("/spaces/{space:int}/storage", Of);

    private static async Task<IResult> Of(
        int customer, int space, HttpContext http, ReadApi read, CancellationToken ct)
    {
        var id = new SpaceId(customer, space);
        if (await read.Views.Find(ViewDefinitions.Spaces, id.ToString(), ct) is not { Deleted: false } found)
            return Hydra.NotFound($"there is no space {id}");
        var stored = await read.Views.Find(ViewDefinitions.SpaceStorage, id.ToString(), ct)
            ?? new SpaceStorageView(id, 0, 0, 0, found.Created);
        var urls = read.Urls(http);
        return new Hydra(json =>
        {
            json.Begin(urls, "CustomerStorage", $"{urls.Space(id)}/storage");
            json.WriteNumber("numberOfStoredImages", stored.Images);
            json.WriteNumber("totalSizeOfStoredImages", stored.Bytes);
            json.WriteNumber("totalSizeOfThumbnails", stored.ThumbnailBytes);
            json.Date("lastCalculated", stored.Changed);
            json.WriteEndObject();
        });
    }
}
