using System.Text.Json;
using System.Text.Json.Nodes;
using Dlcs.Host.Embedded;
using Dlcs.Host.Http;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;
using Dlcs.Write.Customers;

namespace Dlcs.Host.Commands;

/// <summary>A running host, with its database when that is its own.</summary>
internal sealed class Serving : IAsyncDisposable
{
    private const string TheStart = "its start";

    private readonly HostSettings settings;
    private readonly CancellationTokenSource stopping = new();
    private WebApplication? host;
    private Task watching = Task.CompletedTask;

    private Serving(HostSettings settings) => this.settings = settings;

    /// <summary>Where the private database is; <c>null</c> when one was given.</summary>
    public PrivatePostgres? Postgres { get; private set; }

    /// <summary>The first administrator's; <c>null</c> where it does not write, or does not know it.</summary>
    public AdminKey? Admin { get; private set; }

    /// <summary>It was made just now.</summary>
    public bool AdminIsNew { get; private set; }

    /// <summary>The key that a setting gives was revoked, and stays so.</summary>
    public bool GivenIsRevoked { get; private set; }

    public RunFile Addresses { get; private set; } = RunFile.Mine(new("http://localhost"), new("http://localhost"));

    /// <summary>On a database of its own a process with every role works alone: <see cref="HostSettings.IsAlone"/>.
    /// </summary>
    private bool IsAlone => Postgres is not null && settings.Roles is Roles.All;

    private string Crowded => $"Another process works on the images in {settings.Data}, and one that has every role "
        + "does so alone: give each its --roles, or name a PostgreSQL that all of them use.";

    /// <param name="say">Told what is being waited for.</param>
    /// <exception cref="SettingException">A port is taken.</exception>
    /// <exception cref="PostgresMissingException">It is to start one, and has none that fits.</exception>
    public static async Task<Serving> Start(HostSettings settings, Action<string> say, CancellationToken ct)
    {
        Ports.MustBeFree(settings);
        Libvips.MustBeThere(settings);
        DataFolder.Prepare(settings);
        var serving = new Serving(settings)
        {
            Addresses = RunFile.Mine(settings.Here(settings.ApiPort), settings.Here(settings.Port)),
        };
        try
        {
            await serving.Launch(say, ct);
            return serving;
        }
        catch
        {
            await serving.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the host has stopped, or is to stop.</summary>
    public async Task Ended(CancellationToken ct)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, host!.Lifetime.ApplicationStopping);
        await Task.Delay(Timeout.Infinite, both.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            Addresses.Remove(settings.Data);
            if (host is not null)
            {
                await host.StopAsync();
                await host.DisposeAsync();
            }
        }
        finally // whatever went wrong, the database is not left running
        {
            await stopping.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Postgres is not null) await Postgres.Stop(CancellationToken.None);
            stopping.Dispose();
        }
    }

    private async Task Launch(Action<string> say, CancellationToken ct)
    {
        var postgres = settings.Postgres;
        if (postgres is null)
        {
            say("Starting the database");
            Postgres = await PrivatePostgres.Start(settings.Data, ct: ct);
            postgres = Postgres.ConnectionString;
            if (settings.Roles.HasFlag(Roles.Processing) && !await Postgres.Works(IsAlone, ct))
                throw new SettingException(Crowded);
            watching = Postgres.Watch(stopping.Token);
        }

        say("Starting");
        host = Hosting.Build(settings with { Postgres = postgres, IsAlone = IsAlone });
        var readiness = host.Services.GetRequiredService<Readiness>();
        readiness.WaitFor(TheStart, "it is starting");
        await host.StartAsync(ct);
        if (settings.Roles.HasFlag(Roles.Write))
        {
            Addresses.Write(settings.Data);
            await Insist(() => KnowAdmin(host, ct), say, ct);
        }
        readiness.Has(TheStart);
        await Ready(say, ct);
    }

    /// <summary>A log that is elsewhere may be away: it is waited for.</summary>
    private static async Task Insist(Func<Task> act, Action<string> say, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception e) when (Errors.IsAway(e))
            {
                if (tries is 5) say($"Waiting for the stores ({e.Message})");
                await Task.Delay(500, ct);
            }
        }
    }

    /// <summary>
    /// The key is in its file before the log knows it: a crash between the two loses nothing, the next start goes on.
    /// A key that was revoked stays so.
    /// </summary>
    private async Task KnowAdmin(WebApplication app, CancellationToken ct)
    {
        var log = app.Services.GetRequiredService<IEventStore>();
        var kept = AdminKey.Kept(settings.Data);
        var (customer, _) = await log.Fold<Customer>(StreamName.Customer(Customer.Admin), ct);
        GivenIsRevoked = settings.AdminKey is { } given && customer.Revoked.Contains(given.Key);
        if (GivenIsRevoked || (settings.AdminKey is null && !customer.Keys.IsEmpty))
        {
            Admin = kept is not null && customer.Keys.ContainsKey(kept.Key) ? kept : null;
            return;
        }

        Admin = settings.AdminKey ?? kept ?? AdminKey.New(TimeProvider.System);
        AdminIsNew = Admin != kept;
        if (AdminIsNew) Admin.Keep(settings.Data);
        var now = TimeProvider.System.GetUtcNow();
        var issued = await EnsureAdmin.Run(log, new(Admin.Key, Admin.Secret), now, ct);
        if (issued.Position is { } position)
            await app.Services.GetRequiredService<Progress>()
                .Reached(position, TimeSpan.FromSeconds(30), ct, "keys");
    }

    /// <summary>A database that is elsewhere may be away; the host waits for it, and so do we.</summary>
    private async Task Ready(Action<string> say, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.Timeout = TimeSpan.FromSeconds(10);
        foreach (var address in (Uri[])[Addresses.Api, Addresses.Public])
        {
            var health = new Uri(address, "/health/ready");
            for (var tries = 0; await NotReady(http, health, ct) is { } reason; tries++)
            {
                if (tries % 40 is 39) say($"Waiting until {health} answers 200: {reason}");
                await Task.Delay(50, ct);
            }
        }
    }

    /// <returns>Why not; <c>null</c>: it is.</returns>
    private static async Task<string?> NotReady(HttpClient http, Uri health, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(health, ct);
            return answer.IsSuccessStatusCode ? null
                : (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(ct))?["reason"] ?? "no view is there yet";
        }
        catch (Exception e) when (e is HttpRequestException or JsonException
            or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return e.Message;
        }
    }
}
