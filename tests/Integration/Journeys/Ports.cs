using System.Net;
using System.Net.Sockets;

namespace Dlcs.Integration.Journeys;

internal static class Ports
{
    // Below those that Linux gives to whoever connects: one of these is not taken by chance.
    private const int First = 15_000;
    private const int Count = 17_000;
    private static int last = Random.Shared.Next(Count);

    /// <summary>A port that nobody listens on just now, and that is not given twice.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref last) % Count);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken: on to the next
            }
        }
    }
}
