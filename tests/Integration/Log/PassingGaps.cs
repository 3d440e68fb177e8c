using System.Diagnostics;
using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Integration.Log;

/// <summary>What is drawn first and committed last, or never: the order of the log on PostgreSQL.</summary>
public sealed class PassingGaps(MartenServer server) : IClassFixture<MartenServer>
{
    private const string Prefix = "gaps";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task what_was_drawn_first_and_committed_last_comes_first()
    {
        await using var log = server.Open(Prefix);
        var start = await log.Append(Appends.One(), Ct);
        await using var subscriber = new Subscriber(log, start);
        await using var connection = await server.Direct.OpenConnectionAsync(Ct);
        await using var slow = await connection.BeginTransactionAsync(Ct);
        var first = await Draw(connection);

        var second = await log.Append(Appends.One(), Ct);
        var reading = log.ReadAll(start, 10, Ct);
        await Task.Delay(400, Ct);
        subscriber.Seen.ShouldBeEmpty();
        reading.IsCompleted.ShouldBeFalse();
        await slow.CommitAsync(Ct);

        await subscriber.Sees(2);
        subscriber.Seen.Select(s => s.Entry.Position).ShouldBe([new(first), second]);
        (await reading).Entries.Select(e => e.Position).ShouldBe([new(first), second]);
    }

    [Fact]
    public async Task what_stands_before_a_gap_need_not_wait()
    {
        await using var log = server.Open(Prefix);
        var start = await log.Append(Appends.One(), Ct);
        await using var connection = await server.Direct.OpenConnectionAsync(Ct);
        var before = await log.Append(Appends.One(), Ct);
        await using var slow = await connection.BeginTransactionAsync(Ct);
        await Draw(connection);
        await log.Append(Appends.One(), Ct);

        var page = await log.ReadAll(start, 10, Ct);

        page.Entries.Select(e => e.Position).ShouldBe([before]);
        page.Through.ShouldBe(before);
        await slow.RollbackAsync(Ct);
    }

    [Fact]
    public async Task what_was_drawn_and_rolled_back_holds_nobody_up()
    {
        await using var log = server.Open(Prefix);
        var start = await log.Append(Appends.One(), Ct);
        await using var connection = await server.Direct.OpenConnectionAsync(Ct);
        await using (var never = await connection.BeginTransactionAsync(Ct))
        {
            await Draw(connection);
            await never.RollbackAsync(Ct);
        }
        var after = await log.Append(Appends.One(), Ct);

        var began = Stopwatch.GetTimestamp();
        (await log.ReadAll(start, 10, Ct)).Entries.Select(e => e.Position).ShouldBe([after]);

        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task who_died_with_a_number_drawn_holds_nobody_up()
    {
        await using var log = server.Open(Prefix);
        var start = await log.Append(Appends.One(), Ct);
        await using var subscriber = new Subscriber(log, start);
        await using var connection = await server.Direct.OpenConnectionAsync(Ct);
        await using var dying = await connection.BeginTransactionAsync(Ct);
        await Draw(connection);
        var after = await log.Append(Appends.One(), Ct);

        await server.Query<bool>($"select pg_terminate_backend({connection.ProcessID})");

        await subscriber.Sees(1);
        subscriber.Seen.Select(s => s.Entry.Position).ShouldBe([after]);
    }

    /// <summary>What was known of numbers is nothing of those that a restored log draws again.</summary>
    [Fact]
    public async Task what_was_drawn_first_comes_first_in_a_log_that_was_restored_too()
    {
        await using var log = server.Open(Prefix);
        var start = await log.Append(Appends.One(), Ct);
        await using var subscriber = new Subscriber(log, start);
        for (var n = 0; n < 5; n++) await server.Query<long>("select nextval('log.mt_events_sequence')");
        await log.Append(Appends.One(), Ct);
        await subscriber.Sees(1); // over a gap: the numbers up to here are settled
        await using var others = server.Open(Prefix);
        await RestorableLog.Restore(server.Direct, start);
        await using var again = new Subscriber(log, start);
        await others.Append(Appends.One(), Ct);
        await again.Sees(1);

        await using var connection = await server.Direct.OpenConnectionAsync(Ct);
        await using var slow = await connection.BeginTransactionAsync(Ct);
        var first = await Draw(connection);
        var second = await others.Append(Appends.One(), Ct);
        await Task.Delay(400, Ct);
        again.Seen.Count.ShouldBe(1);
        await slow.CommitAsync(Ct);

        await again.Sees(3);
        again.Seen.Skip(1).Select(s => s.Entry.Position).ShouldBe([new(first), second]);
    }

    [Fact]
    public async Task a_long_transaction_that_draws_nothing_holds_nobody_up()
    {
        await using var log = server.Open(Prefix);
        var start = await log.Append(Appends.One(), Ct);
        await using var connection = await server.Direct.OpenConnectionAsync(Ct);
        await using var long_ = await connection.BeginTransactionAsync(Ct);
        await using var busy = new NpgsqlCommand(
            """
            create table elsewhere (id int);
            select count(*) from log.mt_events;
            select last_value from log.mt_events_sequence
            """,
            connection);
        await busy.ExecuteNonQueryAsync(Ct);
        await server.Query<long>("select nextval('log.mt_events_sequence')");
        var after = await log.Append(Appends.One(), Ct);

        var page = await log.ReadAll(start, 10, Ct).WaitAsync(TimeSpan.FromSeconds(5), Ct);

        page.Entries.Select(e => e.Position).ShouldBe([after]);
    }

    [Fact]
    public async Task a_lost_race_draws_no_number()
    {
        await using var log = server.Open(Prefix);
        var stream = Appends.One().Stream;
        await log.Append(Appends.One(), Ct);
        var before = await server.Query<long>("select last_value from log.mt_events_sequence");

        for (var round = 0; round < 10; round++)
        {
            var racers = Enumerable.Range(0, 5)
                .Select(_ => Appends.One() with { Stream = stream, Revision = round - 1 });
            var positions = await Task.WhenAll(racers.Select(r => log.AppendMany([r], Ct)));
            positions.Count(p => p[0] is not null).ShouldBe(1);
        }

        (await server.Query<long>("select last_value from log.mt_events_sequence")).ShouldBe(before + 10);
    }

    private static Task<long> Draw(NpgsqlConnection connection)
    {
        var one = Appends.One();
        return MartenServer.Append(connection, Prefix, one.Stream, one.Seal().Single());
    }
}
