using System.Text.Json.Nodes;
using Dlcs.Read.Api;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Unit.Read;

public sealed class ShowingPages
{
    [Theory]
    [InlineData("", 3, null)]
    [InlineData("?orderBy=name", 3, null)]
    [InlineData("?page=1", 100, null)]
    [InlineData("?pageSize=2", 2, 2)]
    public async Task is_left_to_whoever_asks_for_them_where_all_is_shown(string query, int size, int? pages)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new(query);
        http.Response.Body = new MemoryStream();
        var paging = Paging.OrAll(http.Request);
        int[] members = [1, 2, 3];

        await http.Request.Collection(
                "https://api.test/customers", [.. members.Skip(paging.Skip).Take(paging.Size)], members.Length, paging,
                (json, member) => json.WriteNumberValue(member))
            .ExecuteAsync(http);

        http.Response.Body.Position = 0;
        var shown = JsonNode.Parse(http.Response.Body)!;
        ((int)shown["pageSize"]!, (int)shown["totalItems"]!).ShouldBe((size, 3));
        shown["member"]!.AsArray().Count.ShouldBe(pages is null ? 3 : size);
        ((int?)shown["view"]?["totalPages"]).ShouldBe(pages);
    }
}
