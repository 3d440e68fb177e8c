using Dlcs.Host.Wiring;
using Dlcs.Integration.Log;
using Dlcs.Integration.Processing;
using Dlcs.Integration.Servers;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write;
using Dlcs.Write.Finishing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dlcs.Integration.Write;

/// <summary>
/// What was begun on a log that was restored from an older backup, and left, is finished all the same: although it
/// stands before where the follower had come on the log that is lost.
/// </summary>
public sealed class FinishingOnAnOlderLog(Postgres postgres) : IAsyncLifetime
{
    private readonly HeardLog said = new();
    private NpgsqlDataSource database = null!;
    private Ids ids = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Engines => RestorableLog.Engines;

    public async ValueTask InitializeAsync()
    {
        database = NpgsqlDataSource.Create(await postgres.NewDatabase());
        ids = new(database, "dlcs_write");
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task is_looked_for_from_the_start(string engine)
    {
        await using var server = await RestorableLog.On(engine, postgres);
        var log = server.Open();
        await log.Identity(Ct);
        var backup = await log.Append(Appends.One(), Ct);
        Position lost = default;
        for (var i = 0; i < 5; i++) lost = await log.Append(Appends.Large(100), Ct);
        await Followed(log, async () => (await Kept(log)).Position >= lost);
        await ((IAsyncDisposable)log).DisposeAsync();

        await server.Restore(backup);
        log = server.Open();
        var closing = new SpaceId(2, 5);
        await log.Append(Appends.One() with { Stream = closing.Stream, Events = [Created(closing)] }, Ct);
        await log.Append(
            Appends.One() with { Stream = closing.Stream, Revision = 0, Events = [new SpaceClosing(closing)] }, Ct);
        for (var i = 0; i < 12; i++) await log.Append(Appends.Large(100), Ct);
        (await log.End(Ct)).ShouldBeGreaterThan(lost);

        await Followed(log, async () => await log.Read(closing.Stream, Ct).AnyAsync(r => r.Event is SpaceDeleted, Ct));

        said.Sentences.ShouldContain(s => s.Sentence.Contains("older backup", StringComparison.Ordinal));
        await ((IAsyncDisposable)log).DisposeAsync();
    }

    [Fact]
    public async Task tables_of_an_older_program_are_read_and_kept()
    {
        var (log, event_) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var old = database.CreateCommand($"""
            create schema dlcs_write;
            create table dlcs_write.checkpoints (
                follower text, log uuid, position bigint not null, primary key (follower, log));
            insert into dlcs_write.checkpoints values ('x', '{log}', 7)
            """)) await old.ExecuteNonQueryAsync(Ct);

        (await ids.Load("x", log, Ct)).ShouldBe(new Checkpoint(new(7), null));
        await ids.Save("x", log, new(new(9), event_), Ct);
        (await ids.Load("x", log, Ct)).ShouldBe(new Checkpoint(new(9), event_));
        await ids.Save("x", log, new(new(8), Guid.Empty), Ct);
        (await ids.Load("x", log, Ct)).ShouldBe(new Checkpoint(new(9), event_));

        await using (var past = database.CreateCommand("update dlcs_write.checkpoints set position = 12"))
            await past.ExecuteNonQueryAsync(Ct);
        (await ids.Load("x", log, Ct)).ShouldBe(new Checkpoint(new(12), null));
        (await ids.Load("x", Guid.Empty, Ct)).ShouldBe(Checkpoint.Start);
    }

    private static SpaceCreated Created(SpaceId space) => new(space, Guid.Empty, "Letters", [], []);

    private async Task<Checkpoint> Kept(IEventStore log) => await ids.Load("test", await log.Identity(Ct), Ct);

    private async Task Followed(IEventStore log, Func<Task<bool>> until)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(said));
        var wiring = new FollowerWiring(
            _ => Kept(log), async (checkpoint, ct) => await ids.Save("test", await log.Identity(ct), checkpoint, ct),
            (_, _, _) => Task.FromResult(true), new WriteSettings { Grace = TimeSpan.Zero }, TimeProvider.System);
        using var follower = new Follower(log, wiring, loggers.CreateLogger<Follower>());
        await follower.StartAsync(Ct);
        await Workshop.Until(until, "followed");
        await follower.StopAsync(Ct);
    }
}
