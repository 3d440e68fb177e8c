using System.Runtime.InteropServices;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>The loopback server in a process of its own, until that is told to end.</summary>
internal static class LoopbackProcess
{
    public static async Task<int> Run(int port)
    {
        var ended = new TaskCompletionSource();
        using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var onInt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        await using var server = await LoopbackServer.Start(port: port);
        Console.WriteLine(server.ConnectionString);
        await ended.Task;
        return 0;

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.TrySetResult();
        }
    }
}
