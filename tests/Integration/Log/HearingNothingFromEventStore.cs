using System.Net;
using System.Net.Sockets;
using Dlcs.Integration.Journeys;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;
using Microsoft.Extensions.Logging;

namespace Dlcs.Integration.Log;

/// <summary>A server that lets calls in and answers them with nothing.</summary>
[Trait("profile", "cluster")]
public sealed class HearingNothingFromEventStore
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_subscription_that_is_never_confirmed_is_told_of()
    {
        await using var server = await LoopbackServer.Start(options: new() { Confirms = false });
        using var heard = new Heard();
        await using var log = new GrpcEventStore(
            ConnectionString.Parse($"{server.ConnectionString}&defaultDeadline=300"), "dlcs",
            heard.CreateLogger("log"));
        await log.Append(Appends.One(), Ct);
        await using var subscriber = new Subscriber(log, Position.Start);

        for (var tries = 0; heard.Lines is []; tries++)
        {
            tries.ShouldBeLessThan(1200, "nobody says why nothing comes");
            await Task.Delay(50, Ct);
        }
        heard.Lines[0].Level.ShouldBe(LogLevel.Warning);
        heard.Lines[0].Sentence.ShouldContain("takes too long");

        server.Options.Confirms = true;
        await subscriber.Sees(1);
    }

    /// <summary>Nobody hangs up: only its own pings, which its connection string sets, tell that nobody is there.
    /// </summary>
    [Fact]
    public async Task a_subscription_whose_line_carries_nothing_any_more_goes_on_by_another()
    {
        await using var server = await LoopbackServer.Start();
        await using var line = new MuteLine(server.Port);
        await using var near = new GrpcEventStore(ConnectionString.Parse(server.ConnectionString), "dlcs");
        await using var log = new GrpcEventStore(ConnectionString.Parse(
            $"esdb://127.0.0.1:{line.Port}?tls=false&keepAliveInterval=1000&keepAliveTimeout=1000"), "dlcs");
        await near.Append(Appends.One(), Ct);
        await using var subscriber = new Subscriber(log, Position.Start);
        await subscriber.Sees(1);

        line.FallSilent();
        await near.Append(Appends.One(), Ct);

        await subscriber.Sees(2).WaitAsync(TimeSpan.FromSeconds(8), Ct); // either setting alone: eleven
    }

    [Fact]
    public async Task a_host_that_takes_no_connection_is_told_of()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog: 1);
        var at = (IPEndPoint)listener.LocalEndPoint!;
        var queue = Enumerable.Range(0, 8).Select(_ => new TcpClient()).ToList();
        foreach (var waiting in queue) _ = waiting.ConnectAsync(at, Ct).AsTask();
        using var heard = new Heard();
        await using var log = new GrpcEventStore(
            ConnectionString.Parse($"esdb://{at}?tls=false"), "dlcs", heard.CreateLogger("log"));

        (await Should.ThrowAsync<LogUnavailableException>(log.End(Ct))).Message.ShouldContain("established");

        heard.Lines.ShouldHaveSingleItem().Sentence.ShouldContain("established");
        foreach (var waiting in queue) waiting.Dispose();
    }

    /// <summary>Seeds are asked in any order: of eight searches hardly all begin with the other.</summary>
    [Fact]
    public async Task a_seed_that_takes_the_connection_and_says_nothing_is_soon_passed_over()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var server = await LoopbackServer.Start();

        for (var search = 0; search < 8; search++)
        {
            await using var log = new GrpcEventStore(ConnectionString.Parse(
                $"esdb://{silent.LocalEndpoint},127.0.0.1:{server.Port}?tls=false&gossipTimeout=300"), "dlcs");
            await log.End(Ct).WaitAsync(TimeSpan.FromSeconds(4), Ct); // by default five, for the silent one alone
        }
    }

    [Fact]
    public async Task an_append_that_is_neither_taken_nor_refused_is_not_known_to_be_made()
    {
        await using var server = await LoopbackServer.Start(options: new() { SaysWhatBecameOfAppends = false });
        await using var log = new GrpcEventStore(ConnectionString.Parse(server.ConnectionString), "dlcs");
        var (one, other) = (Appends.One(), Appends.One());

        (await Should.ThrowAsync<LogUnavailableException>(log.Append(one, Ct)))
            .Message.ShouldContain("does not speak as EventStoreDB does");
        (await Should.ThrowAsync<LogUnavailableException>(log.AppendMany([other], Ct)))
            .Message.ShouldContain("does not speak as EventStoreDB does");

        foreach (var append in new[] { one, other }) (await log.Read(append.Stream, Ct).CountAsync(Ct)).ShouldBe(0);
    }
}
