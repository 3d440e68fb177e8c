using System.Net;
using System.Net.Sockets;

namespace Dlcs.Integration.Servers;

internal static class Ports
{
    // Below those that Linux gives to whoever connects: one of these is not taken by chance.
    private const int First = 15_000;
    private const int Count = 17_000;
    private static int last = Random.Shared.Next(Count);

    /// <summary>A port that nobody listens on just now, and that is not given twice.</summary>
    /// <param name="inARow">How many; the first of them is answered.</param>
    public static int Free(int inARow = 1)
    {
        while (true)
        {
            var first = (int)((uint)Interlocked.Add(ref last, inARow) % Count) - inARow + 1;
            if (first >= 0 && Enumerable.Range(First + first, inARow).All(IsFree)) return First + first;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
