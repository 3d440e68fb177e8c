using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Dlcs.Integration.Servers;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>
/// A server on this machine that speaks EventStoreDB's protocol as it was recorded of real ones, harsh where they
/// differ or were not tried. It serves what a <see cref="LoopbackLog"/> keeps.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConnectionContext> connections = [];
    private readonly WebApplication app;
    private int calls;
    private int searches;

    private LoopbackServer(LoopbackLog log, LoopbackOptions options, int port)
    {
        (Log, Options, Port) = (log, options, port);
        var builder = OwnServer.Builder();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, port, Listen));
        builder.Services.AddSingleton(this);
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = 16 << 20);
        app = builder.Build();
        app.Use((http, next) =>
        {
            if (!Options.TalksNonsense) return next(http);
            http.Response.ContentType = "text/html";
            return http.Response.WriteAsync("<html>Welcome to nginx!</html>");
        });
        app.MapGrpcService<LoopbackStreams>();
        app.MapGrpcService<LoopbackGossip>();
        app.MapGrpcService<LoopbackFeatures>();
    }

    public LoopbackLog Log { get; }

    public LoopbackOptions Options { get; }

    public int Port { get; }

    /// <summary>How many calls it let in.</summary>
    public int Calls => calls;

    /// <summary>Who made them, by the name that came with each.</summary>
    public ConcurrentQueue<string?> Callers { get; } = [];

    /// <summary>How often it was asked for the nodes of its cluster.</summary>
    public int Searches => searches;

    public bool IsStopped { get; private set; }

    public string ConnectionString => $"esdb://127.0.0.1:{Port}?tls={(Options.Certificate is null ? "false" : "true")}";

    /// <param name="port"><c>null</c>: any that is free, and stays free while the server is stopped.</param>
    public static async Task<LoopbackServer> Start(
        LoopbackLog? log = null, LoopbackOptions? options = null, int? port = null)
    {
        var server = new LoopbackServer(log ?? new(), options ?? new(), port ?? Ports.Free());
        await server.app.StartAsync();
        return server;
    }

    public void BreakConnections()
    {
        foreach (var connection in connections.Values) connection.Abort();
    }

    /// <summary>Before anything is done for a call.</summary>
    /// <exception cref="RpcException">It is not.</exception>
    public async Task Admit(ServerCallContext context)
    {
        if (Options.Delay > TimeSpan.Zero) await Task.Delay(Options.Delay, context.CancellationToken);
        if (!Options.Ready) throw Refusals.Of(StatusCode.Unavailable, "Server Is Not Ready");
        if (Options.IsBusy) throw Refusals.Of(StatusCode.Unavailable, "Server Is Too Busy");
        if (Options.Only is { } only) CheckUser(context, only);
        if (Options.LeaderPort is { } leader && Options.LeadsFor-- <= 0
            && context.RequestHeaders.GetValue("requires-leader") is "True")
        {
            throw Refusals.Of(StatusCode.NotFound, "Leader info available", "not-leader",
                ("leader-endpoint-host", "127.0.0.1"), ("leader-endpoint-port", $"{leader}"));
        }
        Callers.Enqueue(context.RequestHeaders.GetValue("connection-name"));
        Interlocked.Increment(ref calls);
    }

    public void IsSearched() => Interlocked.Increment(ref searches);

    /// <summary>Appends, or breaks the connection before or after it.</summary>
    public Appended Losing(ServerCallContext context, Func<Appended> append)
    {
        if (Options.Instead is { } instead) return instead;
        if (Options.IsFull) return new Appended.TimedOut();
        if (Options.Losses <= 0) return append();
        Options.Losses--;
        if (Options.LosesOnlyTheAnswer) append();
        BreakConnections();
        context.GetHttpContext().Abort();
        throw Refusals.Handler();
    }

    public async ValueTask DisposeAsync()
    {
        IsStopped = true;
        BreakConnections();
        await app.DisposeAsync();
    }

    private static void CheckUser(ServerCallContext context, (string User, string Password) only)
    {
        var given = context.RequestHeaders.GetValue("authorization")
            ?? throw Refusals.Denied();
        var right = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{only.User}:{only.Password}"));
        if (given != $"Basic {right}") throw Refusals.Of(StatusCode.Unauthenticated, "Unauthenticated");
    }

    private void Listen(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http2;
        listen.Use(Track);
        if (Options.Certificate is not { } certificate) return;
        listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            ClientCertificateMode = Options.Demands is null
                ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (shown, _, _) => Options.Demands?.Invoke(shown) is true,
        });
    }

    private async Task Track(ConnectionContext connection, Func<Task> next)
    {
        connections[connection.ConnectionId] = connection;
        try
        {
            await next();
        }
        finally
        {
            connections.TryRemove(connection.ConnectionId, out _);
        }
    }
}
