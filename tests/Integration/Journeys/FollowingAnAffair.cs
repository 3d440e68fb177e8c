using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Host;
using Dlcs.Integration.Apart;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>One id leads from a request to its events, to the lines of worker and views, and to the answer.</summary>
public sealed class FollowingAnAffair(Postgres postgres) : IAsyncLifetime
{
    private const string Image = "/customers/1/spaces/1/images/folio";

    private readonly RoleProcess dlcs = new("all", AdminKey.New(TimeProvider.System));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => dlcs.With(new Dictionary<string, string>
    {
        ["ConnectionStrings__Postgres"] = await postgres.NewDatabase(),
    });

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    [Theory]
    [InlineData("text", "affair-7")]
    [InlineData("text", null)]
    [InlineData("json", "affair-7")]
    public async Task is_possible_by_its_id(string logs, string? told)
    {
        await dlcs.With(new Dictionary<string, string> { ["Logs"] = logs, ["LogLevel"] = "debug" }).Start();
        (await dlcs.Insist(HttpMethod.Post, "/customers/1/spaces", new JsonObject { ["name"] = "a" })).Dispose();

        var id = await Register(told);

        if (told is null) Guid.TryParse(id, out _).ShouldBeTrue();
        else id.ShouldBe(told);
        var history = await dlcs.Get($"{Image}/history");
        history["member"]!.AsArray().ShouldAllBe(e => (string)e!["correlationId"]! == id);
        await Said(logs, id, "Dlcs.Api", "PUT /customers/1/spaces/1/images/folio answered 201");
        await Said(logs, id, "Dlcs.Processing.Images.Job", "Image ingested");
        foreach (var revision in (int[])[0, 1])
        {
            await Said(
                logs, id, "Dlcs.Read.Projecting.Projector", $"The views show revision {revision} of image-1/1/folio",
                level: "dbug");
        }
    }

    private async Task<string> Register(string? told)
    {
        using var picture = ImageApi.Picture.Make(64, 48);
        var bytes = Convert.ToBase64String(picture.JpegsaveBuffer(q: 80));
        using var request = new HttpRequestMessage(HttpMethod.Put, Image)
        { Content = JsonContent.Create(new JsonObject { ["file"] = bytes }) };
        if (told is not null) request.Headers.Add("x-correlation-id", told);
        using var answer = await dlcs.Api.SendAsync(request, Ct);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues("x-correlation-id").ShouldHaveSingleItem();
    }

    /// <summary>A line of that category, with the id and the sentence.</summary>
    private async Task Said(string logs, string id, string category, string sentence, string level = "info")
    {
        for (var tries = 0; !Lines().Any(line => logs is "json" ? Holds(JsonNode.Parse(line)!) : Reads(line)); tries++)
        {
            tries.ShouldBeLessThan(1200, string.Join('\n', Lines()));
            await Task.Delay(50, Ct);
        }

        bool Reads(string line) =>
            line.Contains($" {level} {category} CorrelationId:{id} ", StringComparison.Ordinal)
            && line.Contains($" {sentence}", StringComparison.Ordinal);

        bool Holds(JsonNode line) =>
            (string?)line["Category"] == category
            && (string?)line["LogLevel"] == (level is "dbug" ? "Debug" : "Information")
            && ((string)line["Message"]!).StartsWith(sentence, StringComparison.Ordinal)
            && line["Scopes"]!.AsArray().Any(scope => scope is JsonObject o && (string?)o["CorrelationId"] == id);
    }

    private List<string> Lines()
    {
        lock (dlcs.Said)
            return [.. dlcs.Said.ToString().Split('\n').Where(l => l.Contains("\"Category\"") || l.Contains(" Dlcs."))];
    }
}
