using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;
using EventStoreDb.Wire;
using Google.Protobuf;
using Grpc.Net.Client;

namespace Dlcs.Integration.Log;

/// <summary>Somebody deletes in EventStoreDB what is ours: that is damage, and no state of an aggregate.</summary>
[Trait("profile", "cluster")]
public sealed class DeletingPastTheLog
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task of_a_whole_stream_for_ever_is_named()
    {
        await using var server = await LoopbackServer.Start();
        await using var log = Open(server);
        var append = Appends.One();
        await log.Append(append, Ct);
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{server.Port}");
        var name = ByteString.CopyFromUtf8($"dlcs:{append.Stream}");
        await new Streams.StreamsClient(channel).TombstoneAsync(
            new() { Options = new() { StreamIdentifier = new() { StreamName = name }, Any = new() } },
            cancellationToken: Ct);

        (await Should.ThrowAsync<InvalidDataException>(log.ReadMany([append.Stream], Ct)))
            .Message.ShouldContain(append.Stream.Value);
        var next = Appends.One() with { Stream = append.Stream };
        await Should.ThrowAsync<InvalidDataException>(log.Append(next, Ct));
        await Should.ThrowAsync<InvalidDataException>(log.AppendMany([next], Ct));
    }

    /// <summary>Of a stream that was only hidden a server shows nothing, and takes what begins it anew.</summary>
    [Fact]
    public async Task of_the_beginning_of_a_stream_is_named()
    {
        await using var server = await LoopbackServer.Start();
        await using var log = Open(server);
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{server.Port}");
        foreach (var append in (Func<Append, Task>[])
            [next => log.Append(next, Ct), next => log.AppendMany([next], Ct)])
        {
            var begun = Appends.One();
            await log.Append(begun, Ct);
            var name = ByteString.CopyFromUtf8($"dlcs:{begun.Stream}");
            await new Streams.StreamsClient(channel).DeleteAsync(
                new() { Options = new() { StreamIdentifier = new() { StreamName = name }, Any = new() } },
                cancellationToken: Ct);

            (await Should.ThrowAsync<InvalidDataException>(append(Appends.One() with { Stream = begun.Stream })))
                .Message.ShouldContain(begun.Stream.Value);
            (await Should.ThrowAsync<InvalidDataException>(log.ReadMany([begun.Stream], Ct)))
                .Message.ShouldContain(begun.Stream.Value);
        }
    }

    private static GrpcEventStore Open(LoopbackServer server) =>
        new(ConnectionString.Parse(server.ConnectionString), "dlcs");
}
