using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>Spaces in every order that can be asked for.</summary>
public sealed class ListingSpaces(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const string Spaces = "/customers/1/spaces";
    private Installation dlcs = null!;

    public async ValueTask InitializeAsync()
    {
        dlcs = await Installation.Start(stores);
        await Make(5, "prints", images: 0);
        await Make(3, "records", images: 2);
        await Make(9, "maps", images: 1);
    }

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    [Fact]
    public async Task is_possible_by_each_of_their_fields()
    {
        (string Order, int[] Ids)[] orders =
        [
            ("", [3, 5, 9]), ("orderBy=id", [3, 5, 9]), ("orderByDescending=id", [9, 5, 3]),
            ("orderBy=name", [9, 5, 3]), ("orderByDescending=name", [3, 5, 9]),
            ("orderBy=created", [5, 3, 9]), ("orderByDescending=created", [9, 3, 5]),
            ("orderBy=approximateNumberOfImages", [5, 9, 3]),
            ("orderByDescending=approximateNumberOfImages", [3, 9, 5]),
        ];

        foreach (var (order, ids) in orders) Ids(await dlcs.Get($"{Spaces}?{order}")).ShouldBe(ids, order);

        var refused = await dlcs.Get($"{Spaces}?orderBy=shoesize", HttpStatusCode.BadRequest);
        ((string)refused["detail"]!).ShouldBe(
            "orderBy: unknown field 'shoesize'; known are id, name, created, approximateNumberOfImages");
        await dlcs.Get($"{Spaces}?orderByDescending=shoesize", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task keeps_the_order_from_page_to_page()
    {
        var first = await dlcs.Get($"{Spaces}?page=1&pageSize=2&orderByDescending=created");
        Ids(first).ShouldBe([9, 3]);
        ((int)first["totalItems"]!, (int)first["view"]!["totalPages"]!).ShouldBe((3, 2));

        var second = await dlcs.Get((string)first["view"]!["next"]!);
        Ids(second).ShouldBe([5]);
        second["view"]!["next"].ShouldBeNull();
        Ids(await dlcs.Get((string)second["view"]!["previous"]!)).ShouldBe([9, 3]);
        Ids(await dlcs.Get($"{Spaces}?page=3&pageSize=2")).ShouldBeEmpty();
    }

    private async Task Make(int space, string name, int images)
    {
        await dlcs.Put($"{Spaces}/{space}", new JsonObject { ["name"] = name });
        using var picture = ImageApi.Picture.Make(64, 48);
        var file = Convert.ToBase64String(picture.JpegsaveBuffer(q: 80));
        for (var n = 0; n < images; n++)
            await dlcs.Put($"{Spaces}/{space}/images/{n}", new JsonObject { ["file"] = file });
    }

    private static int[] Ids(JsonNode spaces) => [.. spaces["member"]!.AsArray().Select(space => (int)space!["id"]!)];
}
