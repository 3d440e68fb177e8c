using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Log;

public abstract partial class LogContract
{
    [Fact]
    public async Task connections_that_break_amid_appends_lose_nothing_and_double_nothing()
    {
        var log = Open();
        await log.Identity(Ct);
        await using var subscriber = new Subscriber(Open(), Position.Start);

        var written = Enumerable.Range(0, Writers).Select(_ => new List<(Guid Id, Position Position)>()).ToArray();
        var writing = written.Select((mine, w) => Task.Run(() => Insist(log, Stream(w), mine), Ct)).ToArray();
        var all = Task.WhenAll(writing);
        for (var round = 1; !all.IsCompleted; round++)
        {
            while (written.Sum(w => w.Count) < round * 10 && !all.IsCompleted) await Task.Delay(1, Ct);
            await BreakConnections();
        }
        await all;

        var many = Enumerable.Range(100, 300).Select(n => Append(Stream(n), -1, $"{n}")).ToList();
        var appending = Appends.Insist(() => log.AppendMany(many, Ct));
        for (var delay = 5; delay < 100; delay += 5)
        {
            await Task.Delay(delay, Ct);
            await BreakConnections();
        }
        var positions = await appending;

        positions.ShouldAllBe(p => p != null);
        foreach (var (w, expected) in written.Index())
            (await All(log, Stream(w))).Select(r => r.Id).ShouldBe(expected.Select(e => e.Id));
        var entries = await All(log, Position.Start, 100);
        entries.Count.ShouldBe(written.Sum(w => w.Count) + many.Count);
        entries.Select(e => e.Position).ShouldBe(
            written.SelectMany(w => w.Select(e => e.Position)).Concat(positions.Select(p => p!.Value)).Order());
        await subscriber.Sees(entries.Count);
        subscriber.Seen.Select(s => s.Entry).ShouldBe(entries, new SameEntry());
    }

    /// <summary>As a patient client does: what was not answered is sent again as it was.</summary>
    private async Task Insist(IEventStore log, StreamName stream, List<(Guid Id, Position Position)> written)
    {
        for (var i = 0; i < 100; i++)
        {
            var append = Append(stream, i - 1, $"{i}");
            written.Add((append.EventId(0), await Appends.Insist(() => log.Append(append, Ct))));
        }
    }
}
