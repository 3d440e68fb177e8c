using System.Net.Sockets;
using EventStoreDb.Wire;
using Grpc.Net.Client;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>One node of EventStoreDB and the way to it. It connects when it is first asked something.</summary>
internal sealed class Node : IDisposable
{
    private const int MostReceived = 17 << 20;
    private const int Window = 1 << 20;
    private static readonly TimeSpan LeastKeepAlive = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly GrpcChannel channel;

    /// <exception cref="FormatException">A file of certificates cannot be read.</exception>
    public Node(NodeAddress at, EventStoreAddress address)
    {
        At = at;
        channel = GrpcChannel.ForAddress(address.Url(at), new()
        {
            HttpHandler = Handler(address),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MostReceived,
        });
        Streams = new(channel);
        Gossip = new(channel);
    }

    public NodeAddress At { get; }

    public Streams.StreamsClient Streams { get; }

    public Gossip.GossipClient Gossip { get; }

    public void Dispose() => channel.Dispose();

    private static SocketsHttpHandler Handler(EventStoreAddress address) => new()
    {
        ConnectCallback = Connect,
        ConnectTimeout = ConnectTimeout,
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = Window,
        KeepAlivePingDelay = KeepAlive(address.KeepAliveInterval),
        KeepAlivePingTimeout = KeepAlive(address.KeepAliveTimeout),
        PooledConnectionIdleTimeout = System.Threading.Timeout.InfiniteTimeSpan,
        SslOptions = Certificates.Of(address),
        UseProxy = false,
    };

    private static TimeSpan KeepAlive(TimeSpan time) =>
        time == System.Threading.Timeout.InfiniteTimeSpan || time > LeastKeepAlive ? time : LeastKeepAlive;

    /// <summary>By hand, so that gRPC leaves connecting to the handler and never waits between attempts.</summary>
    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext to, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to.DnsEndPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
