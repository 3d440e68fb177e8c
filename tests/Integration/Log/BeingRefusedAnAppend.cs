using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Log;

/// <summary>What a server says of an append, in a call of its own and within a batch, and what becomes of it.</summary>
[Trait("profile", "cluster")]
public sealed class BeingRefusedAnAppend
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("denied", typeof(LogUnavailableException), "may not do this")]
    [InlineData("bad", typeof(InvalidOperationException), "the log refuses what is asked: no such option")]
    [InlineData("event too large", typeof(AppendTooLargeException), "Maximum Append Event Size Exceeded")]
    [InlineData("invalid transaction", typeof(InvalidOperationException), "the log refuses what is asked")]
    public async Task is_told_as_what_it_is_and_nothing_is_made(string refusal, Type thrown, string sentence)
    {
        await using var server = await LoopbackServer.Start();
        await using var log = Open(server);
        server.Options.Instead = refusal switch
        {
            "denied" => new Appended.Denied(),
            "bad" => new Appended.Bad("no such option"),
            "event too large" => new Appended.EventTooLarge(1_000),
            _ => new Appended.InvalidTransaction(),
        };

        foreach (var act in Acts(log))
        {
            var refused = (await Record.ExceptionAsync(act)).ShouldNotBeNull();
            refused.ShouldBeOfType(thrown);
            refused.Message.ShouldContain(sentence);
        }

        server.Options.Instead = null;
        (await log.End(Ct)).ShouldBe(Position.Start);
        foreach (var act in Acts(log)) await act();
    }

    private static Func<Task>[] Acts(GrpcEventStore log) =>
        [() => log.Append(Appends.One(), Ct), () => log.AppendMany([Appends.One(), Appends.One()], Ct)];

    private static GrpcEventStore Open(LoopbackServer server) =>
        new(ConnectionString.Parse(server.ConnectionString), "dlcs");
}
