using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;
using Npgsql;

namespace Dlcs.Integration.Journeys;

/// <summary>A view has stopped, as each does when the program learns to fold it better: until it is rebuilt.</summary>
public sealed class LosingAView(Postgres postgres)
{
    private const string Image = "/customers/1/spaces/1/images/folio";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("images", HttpStatusCode.NoContent)]
    [InlineData("spaces", HttpStatusCode.ServiceUnavailable)] // whether it is empty is not known
    public async Task commands_answer_with_what_they_decided(string view, HttpStatusCode deletesAnEmptySpace)
    {
        var settings = Installation.NewSettings() with { Postgres = await postgres.NewDatabase() };
        await using (var before = await Installation.Begin(settings))
        {
            await before.KnowAdmin();
            await before.NewSpace("manuscripts");
            await before.NewSpace("empty");
        }

        await Stop(view, settings.Postgres!);
        Directory.CreateDirectory(settings.Data);
        await using var dlcs = await Installation.Begin(settings);
        using var picture = ImageApi.Picture.Make(64, 48);
        var file = new JsonObject { ["file"] = Convert.ToBase64String(picture.JpegsaveBuffer(q: 80)) };
        using var put = await dlcs.Api.PutAsJsonAsync(Image, file, Ct);

        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        put.Headers.GetValues("Dlcs-Visible").ShouldBe(["false"]);
        var image = JsonNode.Parse(await put.Content.ReadAsStringAsync(Ct))!;
        ((int)image["width"]!, (bool)image["ingesting"]!).ShouldBe((64, false));
        using var deleted = await dlcs.Api.DeleteAsync("/customers/1/spaces/2", Ct);
        deleted.StatusCode.ShouldBe(deletesAnEmptySpace);
    }

    private static async Task Stop(string view, string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(
            "update dlcs_read.generations set version = version - 1 where view = $1");
        command.Parameters.Add(new() { Value = view });
        (await command.ExecuteNonQueryAsync(Ct)).ShouldBe(1);
    }
}
