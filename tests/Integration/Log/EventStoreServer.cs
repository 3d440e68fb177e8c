using System.Globalization;
using System.Text;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;
using EventStoreDb.Wire;
using Google.Protobuf;
using Grpc.Net.Client;

namespace Dlcs.Integration.Log;

/// <summary>
/// The server of the contract: the real one that DLCS_TEST_EVENTSTORE names, as it is and beside what else it holds,
/// or the loopback server.
/// </summary>
public class EventStoreServer : IAsyncLifetime
{
    private static readonly string? Real = Environment.GetEnvironmentVariable("DLCS_TEST_EVENTSTORE");
    private readonly string run = string.Create(
        CultureInfo.InvariantCulture, $"t{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}");

    private LoopbackServer? loopback;
    private BreakableLine? line;
    private GrpcChannel? direct;

    /// <summary>What the loopback server is like.</summary>
    private protected virtual LoopbackOptions Like => new();

    private EventStoreAddress Address { get; set; } = new() { Hosts = [] };

    public async ValueTask InitializeAsync()
    {
        if (Real is null) loopback = await LoopbackServer.Start(options: Like);
        Address = ConnectionString.Parse(Real ?? loopback!.ConnectionString);
        direct = GrpcChannel.ForAddress($"{(Address.Tls ? "https" : "http")}://{Address.Hosts[0]}", new()
        {
            HttpHandler = new SocketsHttpHandler
            { SslOptions = Trust.Of(Address.AuthorityFile, Address.VerifyCertificate) },
            DisposeHttpClient = true,
        });
        // A certificate is good for one name: where there is one, nothing stands in between.
        if (Real is null || Address.Discover || Address.Tls) return;
        line = new BreakableLine(Address.Hosts[0].Host, Address.Hosts[0].Port);
        Address = Address with { Hosts = [new("127.0.0.1", line.Port)] };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        direct?.Dispose();
        if (line is not null) await line.DisposeAsync();
        if (loopback is not null) await loopback.DisposeAsync();
    }

    public GrpcEventStore Open(string prefix) => new(Address, run + prefix);

    public Task BreakConnections()
    {
        loopback?.BreakConnections();
        line?.Break();
        return Task.CompletedTask;
    }

    internal RawClient Raw() => new(new(direct), Headers(), run);

    /// <summary>With the protocol's own client, at whatever revision the stream has.</summary>
    public async Task AppendPastTheAdapter(string prefix, StreamName stream, SealedEvent e, CancellationToken ct)
    {
        using var call = new Streams.StreamsClient(direct).Append(Headers(), cancellationToken: ct);
        var key = ByteString.CopyFromUtf8($"{run}{prefix}:{stream}");
        await call.RequestStream.WriteAsync(
            new() { Options = new() { StreamIdentifier = new() { StreamName = key }, Any = new() } }, ct);
        await call.RequestStream.WriteAsync(
            new()
            {
                ProposedMessage = new()
                {
                    Id = Spelling.Structured(e.Id),
                    Metadata = { { "type", e.Type }, { "content-type", "application/json" } },
                    Data = ByteString.CopyFrom(e.Data),
                    CustomMetadata = ByteString.CopyFrom(e.Metadata),
                },
            },
            ct);
        await call.RequestStream.CompleteAsync();
        (await call).Success.ShouldNotBeNull();
    }

    private Grpc.Core.Metadata Headers() => Address.User is null ? [] : new()
    {
        {
            "authorization",
            $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Address.User}:{Address.Password}"))}"
        },
    };
}
