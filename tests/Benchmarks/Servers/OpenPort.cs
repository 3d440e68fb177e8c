using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Dlcs.Benchmarks.Servers;

internal static class OpenPort
{
    /// <summary>Until somebody listens there.</summary>
    /// <exception cref="IOException">Nobody does within 10 s.</exception>
    public static async Task Wait(int port, CancellationToken ct)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(10); await Task.Delay(20, ct))
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, ct);
                return;
            }
            catch (SocketException)
            {
                // not yet
            }
        }
        throw new IOException($"nobody listens to port {port}");
    }
}
