using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Host;
using Dlcs.Integration.Journeys;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Apart;

/// <summary>Two processes that have every role, on the same stores.</summary>
public sealed class SharingEverything(Stores stores) : IClassFixture<Stores>
{
    private const int Size = 4;

    [Fact]
    public async Task who_comes_later_takes_nothing_that_the_other_works_on()
    {
        await using var library = await Library.Open();
        library.Page("0.jpg", 600, 400);
        var storage = Directory.CreateTempSubdirectory("dlcs-apart-storage-").FullName;
        var settings = await stores.Under(new HostSettings { Data = storage, Storage = storage });
        var admin = AdminKey.New(TimeProvider.System);
        await using var one = new RoleProcess("all", admin).With(stores.Environ(settings));
        await using var other = new RoleProcess("all", admin).With(stores.Environ(settings));
        await one.Start();
        await Insist(HttpMethod.Post, "/customers/1/spaces", new() { ["name"] = "manuscripts" });
        await Insist(HttpMethod.Post, "/customers/1/queue", new()
        {
            ["member"] = new JsonArray([.. Enumerable.Range(0, Size).Select(n => (JsonNode)new JsonObject
            { ["id"] = $"{n}", ["space"] = 1, ["origin"] = library.Url("slow/0.jpg") })]),
        });
        await Until(() => Task.FromResult(library.Slow > 0));

        await other.Start();

        await Until(async () => (await other.Get("/customers/1/queue/batches"))["member"]!.AsArray()
            is [{ } batch] && batch["finished"] is not null && (int)batch["completed"]! is Size);
        library.Slow.ShouldBe(Size);

        async Task Insist(HttpMethod method, string path, JsonObject body)
        {
            using var answer = await one.Insist(method, path, body);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        }
    }

    private static async Task Until(Func<Task<bool>> there)
    {
        for (var tries = 0; !await there(); tries++, await Task.Delay(50, TestContext.Current.CancellationToken))
            tries.ShouldBeLessThan(1200);
    }
}
