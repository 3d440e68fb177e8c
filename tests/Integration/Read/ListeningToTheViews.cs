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
        await using var far = await FarProcess.Start(postgres);
        await far.IsToldOf(1);

        far.Told.Clear();
        var silent = Stopwatch.GetTimestamp();
        far.Line.FallSilent();
        while (!far.Told.Contains(null)) await Task.Delay(10, Ct);
        Stopwatch.GetElapsedTime(silent).ShouldBeLessThan(TimeSpan.FromSeconds(3), "what is kept in memory is old");
        await far.Listens(2);

        await far.IsToldOf(2);
    }

    /// <summary>A process that nobody tells of changes yet keeps nothing in memory for long.</summary>
    [Fact]
    public async Task forgets_all_the_while_when_nobody_answers()
    {
        await using var far = await FarProcess.Start(postgres, deaf: true);
        await far.Listens(1);
        far.Told.Clear();
        await far.Listens(2);

        far.Told.Count(images => images is null).ShouldBeGreaterThan(2, "while the first waited for its answer");
        far.Line.Deaf = false;
        await far.IsToldOf(1);
    }

    /// <summary>A server that is away changes nothing: what is in memory is served until it is back.</summary>
    [Fact]
    public async Task keeps_what_it_knows_while_the_server_is_away()
    {
        await using var far = await FarProcess.Start(postgres);
        await far.IsToldOf(1);

        await far.HangUp();
        await Task.Delay(500, Ct); // what was said is heard
        far.Told.Clear();
        await Task.Delay(2_000, Ct);

        far.Told.ShouldBeEmpty();
    }

    /// <summary>It reaches the database by a line that may fall silent, and keeps what it is told.</summary>
    private sealed class FarProcess : IAsyncDisposable
    {
        private readonly Projected near;
        private readonly NpgsqlDataSource database;
        private readonly Progress progress;
        private bool hungUp;

        private FarProcess(Projected near, bool deaf)
        {
            (this.near, Line) = (near, new(near.ConnectionString) { Deaf = deaf });
            database = NpgsqlDataSource.Create(Line.ConnectionString);
            progress = new(new ReadStore(database), NullLogger<Progress>.Instance);
            progress.Changed += Told.Enqueue;
        }

        public SilentLine Line { get; }

        public ConcurrentQueue<IReadOnlyList<string>?> Told { get; } = [];

        public static async Task<FarProcess> Start(Postgres postgres, bool deaf = false)
        {
            var far = new FarProcess(await Projected.Start(postgres), deaf);
            await far.progress.StartAsync(Ct);
            return far;
        }

        /// <summary>Something happens, and it hears of it.</summary>
        public async Task IsToldOf(int batch)
        {
            var position = await near.Happen(StreamName.Batch(batch), new BatchSubmitted(batch, 2, 3));
            (await progress.Reached(position, TimeSpan.FromSeconds(60), Ct)).ShouldBeTrue();
        }

        /// <summary>Waits until it has begun to listen so often.</summary>
        public async Task Listens(int times)
        {
            var began = Stopwatch.GetTimestamp();
            while (Line.Listeners < times)
            {
                Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(40), "nobody notices");
                await Task.Delay(50, Ct);
            }
        }

        public async Task HangUp()
        {
            if (!hungUp) await Line.DisposeAsync();
            hungUp = true;
        }

        public async ValueTask DisposeAsync()
        {
            await progress.StopAsync(CancellationToken.None);
            progress.Dispose();
            await database.DisposeAsync();
            await HangUp();
            await near.DisposeAsync();
        }
    }
}
