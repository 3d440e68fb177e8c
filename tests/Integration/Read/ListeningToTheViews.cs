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
        await progress.StartAsync(Ct);
        await Listens(1);

        var told = new ConcurrentQueue<IReadOnlyList<string>?>();
        progress.Changed += told.Enqueue;
        var silent = Stopwatch.GetTimestamp();
        line.FallSilent();
        while (!told.Contains(null)) await Task.Delay(10, Ct);
        Stopwatch.GetElapsedTime(silent).ShouldBeLessThan(TimeSpan.FromSeconds(3), "what is kept in memory is old");
        await Listens(2);

        var position = await projected.Happen(StreamName.Batch(7), new BatchSubmitted(7, 2, 3));
        (await progress.Reached(position, TimeSpan.FromSeconds(60), Ct)).ShouldBeTrue();
        await progress.StopAsync(Ct);

        async Task Listens(int times)
        {
            var began = Stopwatch.GetTimestamp();
            while (line.Listeners < times)
            {
                Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(40), "nobody notices");
                await Task.Delay(50, Ct);
            }
        }
    }
}
