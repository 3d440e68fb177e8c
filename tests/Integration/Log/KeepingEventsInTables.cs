using System.Text.Json;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.Marten;
using Npgsql;

namespace Dlcs.Integration.Log;

/// <summary>What stands in Marten's tables.</summary>
public sealed class KeepingEventsInTables(MartenServer server) : IClassFixture<MartenServer>
{
    private static readonly ImageId Id = new(new(2, 5), "folio-1r");
    private static readonly Append Append = new(
        Id.Stream, -1,
        [
            new ImageRegistered(
                Id, Guid.AllBitsSet,
                new(Id, "https://example.org/é.tif", null, null, "I", [new("thumbs", "default", ["!100,100"])],
                    "Æ", "", "", 1, 2, 3, ["z", "a"], [], []),
                Lane.Priority),
            new ImageDeleted(Id, new(Waiting: true)),
        ],
        new(Guid.AllBitsSet, "key-1", new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "correlation-1",
            Headers: new Dictionary<string, string> { ["x-job-id"] = "7" }));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_row_is_what_the_seal_was_set_on()
    {
        await using var log = server.Open("rows");
        await log.Append(Append, Ct);

        await using var command = server.Direct.CreateCommand(
            """
            select id, type, version, data::text, headers::text from log.mt_events
            where stream_id = 'rows:image-2/5/folio-1r' order by version
            """);
        await using var rows = await command.ExecuteReaderAsync(Ct);
        foreach (var (i, sealedEvent) in Append.Seal().Index())
        {
            (await rows.ReadAsync(Ct)).ShouldBeTrue();
            rows.GetGuid(0).ShouldBe(sealedEvent.Id);
            rows.GetString(1).ShouldBe(sealedEvent.Type);
            rows.GetInt64(2).ShouldBe(i + 1);
            var data = rows.GetFieldValue<byte[]>(3);
            CanonicalJson.Of(data).ShouldBe(CanonicalJson.Of(sealedEvent.Data));
            var metadata = JsonSerializer.Deserialize(rows.GetFieldValue<byte[]>(4), EventJson.Default.SealedMetadata)!;
            Sealing.Verify(data, metadata).ShouldBeTrue();
        }
        (await rows.ReadAsync(Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task several_processes_may_make_the_log_at_once()
    {
        var logs = Enumerable.Range(0, 6)
            .Select(i => new LogSettings { Schema = "made_at_once", Prefix = $"p{i}" })
            .Select(settings => new MartenEventStore(server.ConnectionString, settings))
            .ToList();

        var identities = await Task.WhenAll(logs.Select(log => log.Identity(Ct).AsTask()));
        await Task.WhenAll(logs.Select(log => log.Append(Append, Ct)));

        identities.Distinct().ShouldHaveSingleItem();
        foreach (var log in logs) (await log.Read(Id.Stream, Ct).CountAsync(Ct)).ShouldBe(2);
        foreach (var log in logs) await log.DisposeAsync();
    }

    [Theory]
    [InlineData("Log", "ok")]
    [InlineData("log;drop", "ok")]
    [InlineData("", "ok")]
    [InlineData("ok", "")]
    [InlineData("ok", "a:b")]
    [InlineData("ok", "it's")]
    public void a_name_that_may_not_stand_in_sql_is_refused(string schema, string prefix) =>
        Should.Throw<ArgumentException>(() => new MartenEventStore(
            server.ConnectionString, new() { Schema = schema, Prefix = prefix }));

    [Fact]
    public async Task without_a_server_it_says_so_at_once()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "/tmp" };
        await using var log = new MartenEventStore(nowhere.ConnectionString, new());

        await Should.ThrowAsync<LogUnavailableException>(log.Append(Append, Ct)).WaitAsync(TimeSpan.FromSeconds(3), Ct);
        await Should.ThrowAsync<LogUnavailableException>(log.ReadAll(Position.Start, 1, Ct));
        await Should.ThrowAsync<LogUnavailableException>(log.Identity(Ct).AsTask());
    }
}
