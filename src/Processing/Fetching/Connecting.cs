using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Dlcs.Processing.Fetching;

/// <summary>
/// Connections to origins. A name is resolved once, its addresses are judged, and the connection goes to the very
/// address that was judged: a name that answers differently the second time gains nothing.
/// </summary>
internal static class Connecting
{
    private const int MaxAddresses = 8;
    private static readonly ConcurrentDictionary<FetchSettings, HttpClient> Clients = new();

    /// <summary>One client for all fetches of the same settings.</summary>
    public static HttpClient Client(FetchSettings settings) => Clients.GetOrAdd(settings, Make);

    private static HttpClient Make(FetchSettings settings) => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null, // our traces are nothing to strangers
        AllowAutoRedirect = false, // every hop is looked at
        AutomaticDecompression = DecompressionMethods.None, // the digest is of the bytes as they are kept there
        ConnectCallback = (context, ct) => Connect(context.DnsEndPoint, settings, ct),
        ConnectTimeout = settings.ConnectTimeout,
        MaxResponseDrainSize = 64 << 10,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), // then the name is resolved and judged again
        Proxy = settings.Proxy is { } proxy ? new WebProxy(proxy) : null,
        UseCookies = false,
        UseProxy = settings.Proxy is not null,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    private static async ValueTask<Stream> Connect(DnsEndPoint to, FetchSettings settings, CancellationToken ct)
    {
        var addresses = await Resolve(to.Host, settings, ct);
        var open = settings.Proxy is null ? addresses.Where(settings.MayReach).ToArray() : addresses;
        if (open is [] && addresses is not []) throw new AddressNotPublicException();

        SocketException? refused = null;
        var some = open.Take(MaxAddresses).ToArray();
        foreach (var (nr, address) in some.Index())
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            if (nr < some.Length - 1) patience.CancelAfter(settings.ConnectTimeout / (some.Length + 1)); // to the next
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, to.Port, patience.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                refused = e;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                ct.ThrowIfCancellationRequested();
                refused = new((int)SocketError.TimedOut);
            }
        }
        throw refused ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>However an address is written (<c>0x7f.1</c>, <c>127.0.0.1.</c>), it is one.</summary>
    private static async Task<IPAddress[]> Resolve(string host, FetchSettings settings, CancellationToken ct) =>
        IPAddress.TryParse(host.TrimEnd('.'), out var literal) ? [literal] : await settings.Resolve(host, ct);
}

/// <summary>All addresses of a host are such that nothing may be fetched from them.</summary>
internal sealed class AddressNotPublicException() : IOException("not a public address");
