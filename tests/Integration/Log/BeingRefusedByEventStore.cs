using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;
using EventStoreDb.Wire;

namespace Dlcs.Integration.Log;

/// <summary>What a server says instead of an answer, and what the log makes of it.</summary>
[Trait("profile", "cluster")]
public sealed class BeingRefusedByEventStore
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "may not do this")]
    [InlineData("admin:wrong@", "user and password")]
    public async Task who_may_not_come_in_is_told_so(string user, string sentence)
    {
        await using var server = await LoopbackServer.Start(options: new() { Only = ("admin", "sesame") });
        await using var log = Open(server, user);

        foreach (var act in Acts(log))
            (await Should.ThrowAsync<LogUnavailableException>(act)).Message.ShouldContain(sentence);
    }

    [Fact]
    public async Task who_may_comes_in()
    {
        await using var server = await LoopbackServer.Start(options: new() { Only = ("admin", "sesame") });
        await using var log = Open(server, "admin:sesame@");

        foreach (var act in Acts(log)) await act();
    }

    [Fact]
    public async Task a_server_that_is_not_ready_is_waited_for()
    {
        await using var server = await LoopbackServer.Start(options: new() { Ready = false });
        await using var log = Open(server);
        var appending = log.Append(Appends.One(), Ct);

        await Task.Delay(300, Ct);
        appending.IsCompleted.ShouldBeFalse();
        server.Options.Ready = true;

        await appending;
    }

    [Fact]
    public async Task a_server_that_is_not_ready_for_long_is_away()
    {
        await using var server = await LoopbackServer.Start(options: new() { Ready = false });
        await using var log = Open(server);

        foreach (var act in Acts(log))
            (await Should.ThrowAsync<LogUnavailableException>(act)).Message.ShouldContain("Not Ready");
    }

    [Fact]
    public async Task an_answer_that_does_not_come_is_not_waited_for_for_ever()
    {
        await using var server = await LoopbackServer.Start(options: new() { Delay = TimeSpan.FromMinutes(1) });
        await using var log = Open(server, more: "&defaultDeadline=300");

        var began = Stopwatch.GetTimestamp();
        foreach (var act in Acts(log))
            (await Should.ThrowAsync<LogUnavailableException>(act)).Message.ShouldContain("too long");
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task what_knows_no_batches_is_too_old()
    {
        await using var server = await LoopbackServer.Start(options: new() { KnowsBatches = false });
        await using var log = Open(server);

        (await Should.ThrowAsync<LogUnavailableException>(log.AppendMany([Appends.One()], Ct)))
            .Message.ShouldContain("21.10");
    }

    [Fact]
    public async Task what_answers_garbage_is_away()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            while (true)
            {
                using var client = await listener.AcceptSocketAsync(Ct);
                await client.SendAsync("HTTP/1.1 200 OK\r\n\r\nhello"u8.ToArray(), Ct);
            }
        }, Ct);
        await using var log = new GrpcEventStore(
            ConnectionString.Parse($"esdb://{listener.LocalEndpoint}?tls=false&defaultDeadline=2000"), "dlcs");

        foreach (var act in Acts(log)) await Should.ThrowAsync<LogUnavailableException>(act);
        listener.Stop();
        await Should.ThrowAsync<Exception>(answering);
    }

    [Fact]
    public async Task a_proxy_that_answers_pages_is_named()
    {
        await using var server = await LoopbackServer.Start(options: new() { TalksNonsense = true });
        await using var log = Open(server);

        foreach (var act in Acts(log))
            (await Should.ThrowAsync<LogUnavailableException>(act)).Message.ShouldContain("does not speak as");
    }

    [Fact]
    public async Task a_server_that_is_full_reads_and_says_what_may_be_wrong()
    {
        await using var server = await LoopbackServer.Start();
        await using var log = Open(server);
        var append = Appends.One();
        await log.Append(append, Ct);
        server.Options.IsFull = true;

        (await log.Read(append.Stream, Ct).CountAsync(Ct)).ShouldBe(1);
        foreach (var act in (Func<Task>[])
            [() => log.Append(Appends.One(), Ct), () => log.AppendMany([Appends.One()], Ct)])
        {
            (await Should.ThrowAsync<LogUnavailableException>(act)).Message.ShouldContain("its disk may be full");
        }
    }

    [Fact]
    public async Task a_cluster_without_a_leader_is_away()
    {
        await using var server = await LoopbackServer.Start(options: new() { State = VNodeState.Follower });
        await using var log = new GrpcEventStore(
            ConnectionString.Parse($"esdb+discover://127.0.0.1:{server.Port}?tls=false&maxDiscoverAttempts=2"), "dlcs");

        foreach (var act in Acts(log))
            (await Should.ThrowAsync<LogUnavailableException>(act)).Message.ShouldContain("Leader");
    }

    [Fact]
    public async Task an_append_over_the_servers_own_limit_is_too_large()
    {
        await using var server = await LoopbackServer.Start(new() { MaximumAppendSize = 10_000 });
        await using var log = Open(server);

        await Should.ThrowAsync<AppendTooLargeException>(log.Append(Appends.Large(20_000), Ct));
        await Should.ThrowAsync<AppendTooLargeException>(log.AppendMany([Appends.Large(20_000)], Ct));

        await log.Append(Appends.Large(5_000), Ct);
    }

    private static Func<Task>[] Acts(GrpcEventStore log) =>
    [
        () => log.Append(Appends.One(), Ct),
        () => log.AppendMany([Appends.One(), Appends.One()], Ct),
        () => log.ReadMany([Appends.One().Stream], Ct),
        () => log.Read(Appends.One().Stream, Ct).CountAsync(Ct).AsTask(),
        () => log.ReadAll(Position.Start, 10, Ct),
        () => log.End(Ct),
        () => log.Identity(Ct).AsTask(),
    ];

    private static GrpcEventStore Open(LoopbackServer server, string user = "", string more = "") => new(
        ConnectionString.Parse($"esdb://{user}127.0.0.1:{server.Port}?tls=false{more}"), "dlcs");
}
