using System.Globalization;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Integration.Processing;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Dlcs.Integration;

/// <summary>
/// Runs the tests; as <c>worker</c> it is a process that tests may kill, as <c>event-store</c> the loopback server.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["worker", var connection, var folder, .. var more] => WorkerProcess.Run(connection, folder, more is not []),
        ["event-store", var port] => LoopbackProcess.Run(int.Parse(port, CultureInfo.InvariantCulture)),
        _ when args.Contains("--server") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
