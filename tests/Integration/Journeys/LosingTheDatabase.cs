using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;
using Npgsql;

namespace Dlcs.Integration.Journeys;

public sealed class LosingTheDatabase(Postgres postgres, Stores stores) : IClassFixture<Stores>
{
    private const string Spaces = "/customers/1/spaces";
    private const string Images = $"{Spaces}/1/images";
    private const string Manifest = "/iiif-resource/1/book/ms-1";

    private static readonly string[] Queries =
        ["/customers/1", "/customers/1/allImages", "/customers/1/queue", Spaces, $"{Images}/folio"];

    /// <summary>Nobody has asked for the image before. Its customer's name is looked up in PostgreSQL; an image may be
    /// known to a search engine.</summary>
    private static readonly string[] Public =
    [
        Manifest, "/iiif-img/admin/1/folio/info.json",
        .. Stores.AreCluster ? Array.Empty<string>() : ["/iiif-img/1/1/folio/info.json"],
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task answers_503_while_it_is_away_and_as_before_once_it_is_back()
    {
        await using var dlcs = await Installation.Start(stores);
        await Begin(dlcs);
        var before = new List<string>();
        foreach (var path in Queries) before.Add((await dlcs.Get(path)).ToJsonString());

        await Allow(dlcs, connections: false);
        foreach (var path in Queries) await Refused(dlcs.Api, HttpMethod.Get, path, "Nothing was lost");
        await Refused(dlcs.Api, HttpMethod.Put, $"{Images}/other", "Nothing was lost", Folio());
        await Refused(dlcs.Api, HttpMethod.Post, Spaces, "Nothing was lost", new JsonObject { ["name"] = "maps" });
        foreach (var path in Public) await Refused(dlcs.Public, HttpMethod.Get, path, "again");
        foreach (var host in (HttpClient[])[dlcs.Api, dlcs.Public])
        {
            (await Status(host, "/health/live")).ShouldBe(HttpStatusCode.OK);
            (await Status(host, "/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        await Allow(dlcs, connections: true);
        foreach (var (path, then) in Queries.Zip(before)) (await dlcs.Get(path)).ToJsonString().ShouldBe(then);
        foreach (var path in Public) (await Status(dlcs.Public, path)).ShouldBe(HttpStatusCode.OK, path);
        foreach (var host in (HttpClient[])[dlcs.Api, dlcs.Public])
            (await Status(host, "/health/ready")).ShouldBe(HttpStatusCode.OK);
        await dlcs.Put($"{Images}/other", Folio());
    }

    private static async Task Begin(Installation dlcs)
    {
        await dlcs.NewSpace("manuscripts");
        await dlcs.Post(
            "/customers/1/namedQueries", new JsonObject { ["name"] = "book", ["template"] = "canvas=n1&s1=p1" });
        await dlcs.Put($"{Images}/folio", Folio());
    }

    private static JsonObject Folio()
    {
        using var picture = ImageApi.Picture.Make(64, 48);
        return new() { ["file"] = Convert.ToBase64String(picture.JpegsaveBuffer(q: 80)), ["string1"] = "ms-1" };
    }

    private static async Task Refused(
        HttpClient host, HttpMethod method, string path, string sentence, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, path)
        { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await host.SendAsync(request, Ct);

        var text = await answer.Content.ReadAsStringAsync(Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, $"{method} {path}: {text}");
        answer.Headers.RetryAfter.ShouldNotBeNull(path).Delta.ShouldBe(TimeSpan.FromSeconds(5));
        text.ShouldContain(sentence);
    }

    private static async Task<HttpStatusCode> Status(HttpClient host, string path)
    {
        using var answer = await host.GetAsync(new Uri(path, UriKind.Relative), Ct);
        return answer.StatusCode;
    }

    /// <summary>To those that are there the database goes away, and new ones it does not let in.</summary>
    private async Task Allow(Installation dlcs, bool connections)
    {
        var database = new NpgsqlConnectionStringBuilder(dlcs.Settings.Postgres).Database!;
        await using var server = NpgsqlDataSource.Create(await postgres.NewDatabase());
        await using var allow = server.CreateCommand($"alter database {database} allow_connections {connections}");
        await allow.ExecuteNonQueryAsync(Ct);
        if (connections) return;
        await using var leave = server.CreateCommand(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = $1");
        leave.Parameters.Add(new() { Value = database });
        (await leave.ExecuteScalarAsync(Ct)).ShouldBeOfType<long>().ShouldBeGreaterThan(0);
    }
}
