using System.Collections.Concurrent;
using System.Diagnostics;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dlcs.Integration.Read;

/// <summary>A process that is told how far the views are.</summary>
public sealed class ListeningToTheViews(Postgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_begun_again_when_the_line_falls_silent()
    {
        await using var projected = await Projected.Start(postgres);
        await using var line = new SilentLine(projected.ConnectionString);
        await using var far = NpgsqlDataSource.Create(line.ConnectionString);
        using var progress = new Progress(new ReadStore(far), NullLogger<Progress>.Instance);
        var told = new ConcurrentQueue<IReadOnlyList<string>?>();
        progress.Changed += told.Enqueue;
        await progress.StartAsync(Ct);
        var first = await projected.Happen(StreamName.Batch(6), new BatchSubmitted(6, 2, 3));
        (await progress.Reached(first, TimeSpan.FromSeconds(60), Ct)).ShouldBeTrue();

        told.Clear();
        var silent = Stopwatch.GetTimestamp();
        line.FallSilent();
        while (!told.Contains(null)) await Task.Delay(10, Ct);
        Stopwatch.GetElapsedTime(silent).ShouldBeLessThan(TimeSpan.FromSeconds(3), "what is kept in memory is old");
        await Listens(line, 2);

        var position = await projected.Happen(StreamName.Batch(7), new BatchSubmitted(7, 2, 3));
        (await progress.Reached(position, TimeSpan.FromSeconds(60), Ct)).ShouldBeTrue();
        await progress.StopAsync(Ct);
    }

    /// <summary>A process that nobody tells of changes yet keeps nothing in memory for long.</summary>
    [Fact]
    public async Task forgets_all_the_while_when_nobody_answers()
    {
        await using var projected = await Projected.Start(postgres);
        await using var line = new SilentLine(projected.ConnectionString) { Deaf = true };
        await using var far = NpgsqlDataSource.Create(line.ConnectionString);
        using var progress = new Progress(new ReadStore(far), NullLogger<Progress>.Instance);
        var told = new ConcurrentQueue<IReadOnlyList<string>?>();
        progress.Changed += told.Enqueue;

        await progress.StartAsync(Ct);
        await Listens(line, 1);
        told.Clear();
        await Listens(line, 2);

        told.Count(images => images is null).ShouldBeGreaterThan(2, "while the first waited for its answer");
        line.Deaf = false;
        var position = await projected.Happen(StreamName.Batch(7), new BatchSubmitted(7, 2, 3));
        (await progress.Reached(position, TimeSpan.FromSeconds(60), Ct)).ShouldBeTrue();
        await progress.StopAsync(Ct);
    }

    /// <summary>A server that is away changes nothing: what is in memory is served until it is back.</summary>
    [Fact]
    public async Task keeps_what_it_knows_while_the_server_is_away()
    {
        await using var projected = await Projected.Start(postgres);
        var line = new SilentLine(projected.ConnectionString);
        await using var far = NpgsqlDataSource.Create(line.ConnectionString);
        using var progress = new Progress(new ReadStore(far), NullLogger<Progress>.Instance);
        var told = new ConcurrentQueue<IReadOnlyList<string>?>();
        progress.Changed += told.Enqueue;
        await progress.StartAsync(Ct);
        var position = await projected.Happen(StreamName.Batch(7), new BatchSubmitted(7, 2, 3));
        (await progress.Reached(position, TimeSpan.FromSeconds(60), Ct)).ShouldBeTrue();

        await line.DisposeAsync();
        await Task.Delay(500, Ct); // what was said is heard
        told.Clear();
        await Task.Delay(2_000, Ct);

        told.ShouldBeEmpty();
        await progress.StopAsync(Ct);
    }

    private static async Task Listens(SilentLine line, int times)
    {
        var began = Stopwatch.GetTimestamp();
        while (line.Listeners < times)
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(40), "nobody notices");
            await Task.Delay(50, Ct);
        }
    }
}
