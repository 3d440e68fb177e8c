using System.Text;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;
using EventStoreDb.Wire;
using Google.Protobuf;

namespace Dlcs.Integration.Log;

/// <summary>Events that another client appended: larger than ours ever are, and than gRPC takes by itself.</summary>
[Trait("profile", "cluster")]
public sealed class ReadingLargeEvents
{
    private const int Large = 15_000_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("theirs")]
    [InlineData("ours")]
    public async Task as_any_other(string whose)
    {
        await using var server = await LoopbackServer.Start(new() { MaximumAppendSize = Large + 10_000 });
        await using var log = new GrpcEventStore(ConnectionString.Parse(server.ConnectionString), "dlcs");
        await log.Append(Appends.One(), Ct);
        var large = Append(server.Log, whose is "ours" ? "dlcs:" : "theirs:");
        var isOurs = whose is "ours" ? 1 : 0;

        (await log.End(Ct)).ShouldBe(large);
        var page = await log.ReadAll(Position.Start, 10, Ct);
        page.Through.ShouldBe(large);
        page.Entries.Count.ShouldBe(1 + isOurs);
        (await log.ReadAt(large, Ct) is not null).ShouldBe(whose is "ours");
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(1 + isOurs);
        await log.Append(Appends.One(), Ct);
        await subscriber.Sees(2 + isOurs);
    }

    /// <summary>One event, as the adapter would write it.</summary>
    private static Position Append(LoopbackLog log, string prefix)
    {
        const string name = "xxxxxxxx";
        var append = Appends.Large(name.Length);
        var e = append.Seal()[0];
        var data = Encoding.UTF8.GetString(e.Data).Replace(name, new string('x', Large), StringComparison.Ordinal);
        var appended = log.Append($"{prefix}{append.Stream}", new Expected.NoStream(),
        [
            new ProposedMessage
            {
                Id = Spelling.Structured(e.Id),
                Metadata = { { "type", e.Type }, { "content-type", "application/json" } },
                Data = ByteString.CopyFromUtf8(data),
                CustomMetadata = ByteString.CopyFrom(e.Metadata),
            },
        ]);
        return new((long)appended.ShouldBeOfType<Appended.Success>().Position.ShouldNotBeNull());
    }
}
