using System.Diagnostics;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Log;

public abstract partial class LogContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task a_subscriber_catches_up_then_sees_what_comes()
    {
        var log = Open();
        for (var i = 0; i < 10; i++) await log.Append(Append(Stream(i), -1, $"{i}"), Ct);

        await using var subscriber = new Subscriber(log, Position.Start, atMost: 3);
        await subscriber.Sees(10);
        for (var i = 10; i < 20; i++) await log.Append(Append(Stream(i), -1, $"{i}"), Ct);
        await subscriber.Sees(20);

        subscriber.Names.ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i}"));
    }

    [Fact]
    public async Task a_subscriber_goes_on_from_any_position()
    {
        var log = Open();
        var positions = new List<Position>();
        for (var i = 0; i < 5; i++) positions.Add(await log.Append(Append(Stream(i), -1, $"{i}"), Ct));

        for (var i = 0; i < 5; i++)
        {
            await using var subscriber = new Subscriber(log, positions[i]);
            await log.Append(Append(Stream(5 + i), -1, $"{5 + i}"), Ct);
            await subscriber.Sees(5);
            subscriber.Names.ShouldBe(Enumerable.Range(i + 1, 5).Select(n => $"{n}"));
        }
    }

    [Fact]
    public async Task a_subscriber_in_another_process_sees_soon_what_comes()
    {
        var (here, there) = (Open(), Open());
        var start = await here.Append(Append(Stream(0), -1, "0"), Ct);
        await using var subscriber = new Subscriber(there, Position.Start);
        await subscriber.Sees(1);

        var waits = new List<TimeSpan>();
        for (var i = 1; i < 20; i++)
        {
            await here.Append(Append(Stream(i), -1, $"{i}"), Ct);
            var appended = Stopwatch.GetTimestamp();
            await subscriber.Sees(i + 1);
            waits.Add(Stopwatch.GetElapsedTime(appended, subscriber.Seen[^1].At));
        }
        waits.Order().ElementAt(waits.Count / 2).ShouldBeLessThan(Patience); // one of them may be the machine's doing
        subscriber.Seen[0].Entry.Position.ShouldBe(start);
    }

    [Fact]
    public async Task a_subscriber_sees_nothing_of_another_installation()
    {
        var (ours, theirs) = (Open(), Open($"{prefix}x"));
        opened.Add(theirs);
        await using var subscriber = new Subscriber(ours, Position.Start, atMost: 2);
        for (var i = 0; i < 10; i++) await theirs.Append(Append(Stream(i), -1, "theirs"), Ct);

        await ours.Append(Append(Stream(1), -1, "ours"), Ct);

        await subscriber.Sees(1);
        subscriber.Names.ShouldBe(["ours"]);
    }

    [Fact]
    public async Task a_subscription_ends_with_its_token_also_while_it_waits()
    {
        var log = Open();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var following = log.Subscribe(Position.Start, 10, stop.Token).LastOrDefaultAsync(Ct).AsTask();

        await Task.Delay(100, Ct);
        following.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(following);
    }

    [Fact]
    public async Task a_subscriber_outlives_its_connection()
    {
        var (log, writer) = (Open(), Open());
        await using var subscriber = new Subscriber(log, Position.Start);
        for (var i = 0; i < 5; i++)
        {
            await writer.Append(Append(Stream(i), -1, $"{i}"), Ct);
            await subscriber.Sees(i + 1);
            await BreakConnections();
        }

        await writer.Append(Append(Stream(5), -1, "5"), Ct);

        await subscriber.Sees(6);
        subscriber.Names.ShouldBe(["0", "1", "2", "3", "4", "5"]);
    }
}
