using System.Diagnostics;
using Dlcs.Benchmarks.Measuring;
using Dlcs.Benchmarks.Servers;
using Dlcs.Integration.Servers;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>
/// What the log in EventStoreDB costs this process: its CPU time for each event, whatever the server takes. The server
/// is another process: the one of the tests, or the real one that DLCS_TEST_EVENTSTORE names; only of that one events a
/// second say anything.
/// </summary>
internal static class EventStores
{
    private const int Events = 20_000;
    private const int Together = 1000;

    /// <summary>So many runs are left out: for some seconds code is still compiled beside them.</summary>
    private const int Cold = 4;

    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static int number;

    public static async Task<IReadOnlyList<Line>> Run(Settings settings, CancellationToken ct)
    {
        var real = Environment.GetEnvironmentVariable("DLCS_TEST_EVENTSTORE");
        await using var server = real is null ? await Loopback.Start(settings, ct) : null;
        var address = ConnectionString.Parse(real ?? server!.ConnectionString);
        var (append, read, follow, single) = (new Samples(), new Samples(), new Samples(), new Samples());
        for (var run = 0; run < Cold + Sample.Runs; run++)
        {
            await using var log = new GrpcEventStore(address, $"bench{Guid.CreateVersion7():N}");
            await log.Identity(ct);
            append.Add(await Cost.Of(Events, () => Append(log, ct)));
            read.Add(await Cost.Of(Events, () => Read(log, ct)));
            follow.Add(await Cost.Of(Events, () => Follow(log, ct)));
            single.Add(await Cost.Of(Together, () => AppendSingly(log, ct)));
        }

        List<Line> lines =
        [
            Line.AtMost("EventStoreDB: client CPU of an appended event", append.Cpu, 40, "µs"),
            Line.AtMost("  of an event that is read", read.Cpu, 15, "µs"),
            Line.Note("  of an event that a subscription brings", follow.Cpu, "µs"),
            Line.Note("  of an event that is appended alone", single.Cpu, "µs"),
        ];
        if (real is null) return lines;
        lines.Add(Line.Note("  appended together", append.PerSecond, "events/s"));
        lines.Add(Line.Note("  read", read.PerSecond, "events/s"));
        lines.Add(Line.Note("  brought by a subscription", follow.PerSecond, "events/s"));
        lines.Add(Line.Note("  appended one after the other", single.PerSecond, "events/s"));
        return lines;
    }

    private static async Task Append(IEventStore log, CancellationToken ct)
    {
        for (var done = 0; done < Events; done += Together)
        {
            var positions = await log.AppendMany([.. Enumerable.Range(0, Together).Select(_ => Image())], ct);
            if (positions.Any(p => p is null)) throw new IOException("an append was refused");
        }
    }

    private static async Task AppendSingly(IEventStore log, CancellationToken ct)
    {
        for (var done = 0; done < Together; done++) await log.Append(Image(), ct);
    }

    private static async Task Read(IEventStore log, CancellationToken ct)
    {
        var (count, after) = (0, Position.Start);
        while (count < Events)
        {
            var page = await log.ReadAll(after, 4000, ct);
            (count, after) = (count + page.Entries.Count, page.Through);
        }
    }

    private static async Task Follow(IEventStore log, CancellationToken ct)
    {
        var count = 0;
        await foreach (var page in log.Subscribe(Position.Start, 1000, ct))
            if ((count += page.Entries.Count) >= Events) return;
    }

    private static Append Image()
    {
        var id = new ImageId(new(1, 5), $"b{Interlocked.Increment(ref number):D8}_0001.jp2");
        var fields = new ImageDescription(
            id, "https://origin.example.org/b00000001/0001.jp2", null, null, "I",
            [new("iiif-img", "default", []), new("thumbs", "default", ["!1024,1024", "!400,400", "!200,200"])],
            "b00000001", "shelf 7", "b00000001, chapter 3", 1, 2, 3, ["scan", "recto"], [], []);
        return new(
            id.Stream, -1, [new ImageRegistered(id, Guid.AllBitsSet, fields, Lane.Normal)],
            new(Guid.CreateVersion7(), "key-1", At, "correlation-1"));
    }

    /// <summary>The server of the tests, in a process of its own.</summary>
    private sealed class Loopback(Child child, string connectionString) : IAsyncDisposable
    {
        public string ConnectionString => connectionString;

        public static async Task<Loopback> Start(Settings settings, CancellationToken ct)
        {
            Directory.CreateDirectory(settings.Place("eventstore"));
            var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
            var tests = Path.Combine(
                AppContext.BaseDirectory, "../../Integration", configuration, "Dlcs.Integration.dll");
            var port = Ports.Free();
            var child = Child.Start(
                Path.Combine(settings.Place("eventstore"), "server.log"), [tests, "event-store", $"{port}"]);
            await OpenPort.Wait(port, ct);
            return new(child, $"esdb://127.0.0.1:{port}?tls=false");
        }

        public ValueTask DisposeAsync() => child.DisposeAsync();
    }

    /// <param name="Cpu">Of this process, µs for each event.</param>
    private readonly record struct Cost(double Cpu, double PerSecond)
    {
        public static async Task<Cost> Of(int events, Func<Task> act)
        {
            using var self = Process.GetCurrentProcess();
            var (cpu, clock) = (self.TotalProcessorTime, Stopwatch.StartNew());
            await act();
            self.Refresh();
            return new(
                (self.TotalProcessorTime - cpu).TotalMicroseconds / events, events / clock.Elapsed.TotalSeconds);
        }
    }

    /// <summary>The first are left out.</summary>
    private sealed class Samples
    {
        private readonly List<Cost> costs = [];

        public double Cpu => Sample.Median(costs.Skip(Cold).Select(c => c.Cpu));

        public double PerSecond => Sample.Median(costs.Skip(Cold).Select(c => c.PerSecond));

        public void Add(Cost cost) => costs.Add(cost);
    }
}
