using Dlcs.Host;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.BadDays;

/// <summary>EventStoreDB, as the loopback server speaks it, for one user.</summary>
internal sealed class SickLog : SickEngine
{
    public const string Password = "sesame-of-the-log";

    private readonly LoopbackOptions options = new() { Only = ("dlcs", Password) };
    private LoopbackServer server = null!;

    public override string Name => $"The log at http://127.0.0.1:{server.Port}";

    public static async Task<SickLog> Start()
    {
        var log = new SickLog();
        log.server = await LoopbackServer.Start(options: log.options);
        return log;
    }

    public override HostSettings Lead(HostSettings settings) => settings with
    {
        EventStore = ConnectionString.Parse($"esdb://dlcs:{Password}@127.0.0.1:{server.Port}?tls=false"),
    };

    public override async Task Begin(Evil evil)
    {
        switch (evil)
        {
            case Evil.Stopped:
                await server.DisposeAsync();
                break;
            case Evil.Restarted:
                await server.DisposeAsync();
                await Again();
                break;
            case Evil.Slow:
                options.Delay = Slowness;
                break;
            case Evil.Garbage:
                options.TalksNonsense = true;
                server.BreakConnections();
                break;
            case Evil.Full:
                options.IsFull = true;
                break;
            case Evil.Refusing:
                options.Only = ("dlcs", "another");
                server.BreakConnections();
                break;
        }
    }

    public override async Task End()
    {
        if (server.IsStopped) await Again();
        (options.Delay, options.TalksNonsense, options.IsFull) = (TimeSpan.Zero, false, false);
        options.Only = ("dlcs", Password);
    }

    public override string Sentence(Evil evil) => evil switch
    {
        Evil.Slow => "it is slow",
        Evil.Garbage => "what answers there does not speak as EventStoreDB does",
        Evil.Full => "its disk may be full",
        Evil.Refusing => "it refuses the user and password of its connection string",
        _ => "Connection refused",
    };

    public override ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task Again() => server = await LoopbackServer.Start(server.Log, options, server.Port);
}
