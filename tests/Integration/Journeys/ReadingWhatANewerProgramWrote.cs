using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;
using Npgsql;

namespace Dlcs.Integration.Journeys;

public sealed class ReadingWhatANewerProgramWrote(Postgres postgres) : IAsyncLifetime
{
    private const string Image = "/customers/1/spaces/1/images/folio";
    private Installation dlcs = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        dlcs = await Installation.Begin(Installation.NewSettings() with { Postgres = await postgres.NewDatabase() });
        await dlcs.KnowAdmin();
        await dlcs.NewSpace("manuscripts");
    }

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    [Fact]
    public async Task names_the_event_in_an_images_history_and_goes_on()
    {
        using var picture = ImageApi.Picture.Make(64, 48);
        await dlcs.Put(Image, new JsonObject { ["file"] = Convert.ToBase64String(picture.JpegsaveBuffer(q: 80)) });
        await dlcs.Send(HttpMethod.Patch, Image, new JsonObject { ["string1"] = "codex" }, HttpStatusCode.OK);
        await Rename("ImageIngested", "ImageRotated");

        var told = (await dlcs.Get($"{Image}/history"))["member"]!.AsArray();

        told.Select(e => (string)e!["type"]!).ShouldBe(["ImageRegistered", "ImageRotated", "ImageDescribed"]);
        told[1]!["changes"]!.AsArray().ShouldBeEmpty();
        var change = told[2]!["changes"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)change["field"]!, (string)change["after"]!).ShouldBe(("string1", "codex"));
    }

    /// <summary>Gives the events of a type one that this program does not know.</summary>
    private async Task Rename(string type, string unknown)
    {
        await using var database = NpgsqlDataSource.Create(dlcs.Settings.Postgres!);
        await using var command = database.CreateCommand("update log.mt_events set type = $1 where type = $2");
        command.Parameters.Add(new() { Value = unknown });
        command.Parameters.Add(new() { Value = type });
        (await command.ExecuteNonQueryAsync(Ct)).ShouldBe(1);
    }
}
