using System.Collections.Concurrent;
using System.Diagnostics;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Log;

public abstract partial class LogContract
{
    private const int Racers = 4;
    private const int LostRaces = 1000;
    private const int Writers = 8;

    [Fact]
    public async Task of_those_who_race_one_wins_and_the_others_know()
    {
        var logs = Enumerable.Range(0, Racers).Select(_ => Open()).ToArray();
        for (var round = 0; round < 25; round++)
        {
            var racers = logs.Select((log, i) => TryAppend(log, Append(Stream(1), round - 1, $"{i}")));
            var wins = await Task.WhenAll(racers);
            wins.Count(w => w is not null).ShouldBe(1);
        }

        (await All(logs[0], Stream(1))).Count.ShouldBe(25);
    }

    [Fact]
    public async Task many_appends_that_cross_each_other_all_come_to_an_end()
    {
        var (one, other) = (Open(), Open());
        for (var round = 0; round < 10; round++)
        {
            var names = Enumerable.Range(round * 50, 50).ToList();
            var both = await Task.WhenAll(
                one.AppendMany([.. names.Select(n => Append(Stream(n), -1, "one"))], Ct),
                other.AppendMany([.. names.AsEnumerable().Reverse().Select(n => Append(Stream(n), -1, "other"))], Ct));

            both[0].Zip(both[1].Reverse()).ShouldAllBe(pair => pair.First == null != (pair.Second == null));
        }
    }

    /// <summary>
    /// Lost races, rolled-back appends and writers that overtake each other: the log has one order all the same, and
    /// whoever follows it sees each event once, in that order, and soon.
    /// </summary>
    [Fact]
    public async Task whatever_happens_around_it_no_subscriber_misses_reorders_or_awaits_an_event()
    {
        var (log, elsewhere) = (Open(), Open());
        var (appended, stalls) = (new ConcurrentDictionary<Position, long>(), new ConcurrentBag<TimeSpan>());
        await using var here = new Subscriber(log, Position.Start);
        await using var there = new Subscriber(elsewhere, Position.Start);
        await log.Append(Append(Stream(0), -1, "first"), Ct);
        await Task.WhenAll(here.Sees(1), there.Sees(1));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var writers = Enumerable.Range(2, Writers).Select(w => (Log: w % 2 == 0 ? log : elsewhere, Stream: Stream(w)))
            .Select(w => Task.Run(() => Write(w.Log, w.Stream, appended, stalls, over.Token), Ct))
            .ToArray();
        var rollingBack = Task.Run(() => RollBack(over.Token), Ct);
        var reading = Task.Run(() => ReadAround(elsewhere, stalls, over.Token), Ct);
        var lost = 0;
        for (var round = 0; lost < LostRaces; round++)
            lost += await Race([log, elsewhere], Stream(1), round - 1, appended);
        await over.CancelAsync();
        var events = 1 + (await Task.WhenAll(writers)).Sum() + (await All(log, Stream(1))).Count;
        await Task.WhenAll(rollingBack, reading);

        await using var late = new Subscriber(elsewhere, Position.Start, atMost: 33);
        foreach (var subscriber in new[] { here, there, late })
        {
            await subscriber.Sees(events);
            var seen = subscriber.Seen;
            seen.Select(s => s.Entry.Recorded.Id).Distinct().Count().ShouldBe(events);
            seen.Zip(seen.Skip(1)).ShouldAllBe(pair => pair.First.Entry.Position < pair.Second.Entry.Position);
            foreach (var stream in seen.Select(s => s.Entry.Recorded).GroupBy(r => r.Stream))
                stream.Select((r, i) => r.Revision - i).ShouldAllBe(off => off == 0);
            appended.Keys.Except(seen.Select(s => s.Entry.Position)).ShouldBeEmpty();
        }
        // What the machine alone made anyone wait for, who met no gap, is not the log's doing.
        var patience = Patience + stalls.Max();
        LongestWait(here, appended).ShouldBeLessThan(patience);
        LongestWait(there, appended).ShouldBeLessThan(patience);
    }

    private static TimeSpan LongestWait(Subscriber subscriber, ConcurrentDictionary<Position, long> appended) =>
        subscriber.Seen.Where(s => appended.ContainsKey(s.Entry.Position))
            .Max(s => Stopwatch.GetElapsedTime(appended[s.Entry.Position], s.At));

    /// <summary>As often in a row as one who meets a gap has to ask.</summary>
    private static async Task ReadAround(IEventStore log, ConcurrentBag<TimeSpan> stalls, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < 4; i++) await log.ReadMany([Stream(0)], Ct);
            stalls.Add(Stopwatch.GetElapsedTime(began));
        }
    }

    private async Task<int> Race(
        IEventStore[] logs, StreamName stream, long revision, ConcurrentDictionary<Position, long> appended)
    {
        var positions = await Task.WhenAll(Enumerable.Range(0, Racers).Select(async i =>
        {
            var position = await TryAppend(logs[i % logs.Length], Append(stream, revision, $"racer {i}"));
            if (position is { } at) appended[at] = Stopwatch.GetTimestamp();
            return position;
        }));
        positions.Count(p => p is not null).ShouldBe(1);
        return Racers - 1;
    }

    private async Task<int> Write(
        IEventStore log, StreamName stream, ConcurrentDictionary<Position, long> appended,
        ConcurrentBag<TimeSpan> stalls, CancellationToken over)
    {
        var written = 0;
        for (var round = 0; !over.IsCancellationRequested; round++)
        {
            string[] names = round % 3 is 0 ? ["a", "b", "c"] : ["a"];
            var began = Stopwatch.GetTimestamp();
            var position = await log.Append(Append(stream, written - 1, names), Ct);
            stalls.Add(Stopwatch.GetElapsedTime(began));
            appended[position] = Stopwatch.GetTimestamp();
            written += names.Length;
        }
        return written;
    }

    private async Task RollBack(CancellationToken over)
    {
        while (!over.IsCancellationRequested) await AppendAndRollBack(prefix, Ct);
    }

    private static async Task<Position?> TryAppend(IEventStore log, Append append)
    {
        try
        {
            return await log.Append(append, Ct);
        }
        catch (RevisionConflictException)
        {
            return null;
        }
    }
}
