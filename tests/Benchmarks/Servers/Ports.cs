using System.Net;
using System.Net.Sockets;

namespace Dlcs.Benchmarks.Servers;

internal static class Ports
{
    /// <summary>One that nobody listens to at the moment.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
