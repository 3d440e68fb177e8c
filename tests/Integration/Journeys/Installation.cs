using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dlcs.Host;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;
using Dlcs.Write.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dlcs.Integration.Journeys;

/// <summary>A whole Dlcs in this process, on a database of its own; and its two hosts as clients see them.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly WebApplication host;

    private Installation(WebApplication host, HostSettings settings)
    {
        this.host = host;
        Settings = settings;
        Api = Client(settings.ApiPort);
        Public = Client(settings.Port);
        var key = Encoding.ASCII.GetBytes(settings.AdminKey!.Credentials);
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(key));
    }

    public HostSettings Settings { get; }

    /// <summary>With the administrator's key.</summary>
    public HttpClient Api { get; }

    public HttpClient Public { get; }

    /// <summary>What it has said in its log.</summary>
    public Heard Heard { get; } = new();

    public IServiceProvider Services => host.Services;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Installation> Start(Stores stores, Func<HostSettings, HostSettings>? change = null)
    {
        var settings = await stores.Under(NewSettings());
        settings = change?.Invoke(settings) ?? settings;

        var installation = new Installation(Hosting.Build(settings), settings);
        await installation.Begin();
        await installation.KnowAdmin();
        return installation;
    }

    /// <summary>The host alone, whose stores may be away.</summary>
    public static async Task<Installation> Begin(HostSettings settings)
    {
        var installation = new Installation(Hosting.Build(settings), settings);
        await installation.Begin();
        return installation;
    }

    /// <summary>Settings of an installation with a folder of its own.</summary>
    public static HostSettings NewSettings()
    {
        var data = Directory.CreateTempSubdirectory("dlcs-journey-").FullName;
        return new()
        {
            Data = data,
            Storage = Path.Combine(data, "storage"),
            Port = Ports.Free(),
            ApiPort = Ports.Free(),
            Samples = false,
            IsAlone = true,
            AllowPrivateAddresses = true,
            AdminKey = Dlcs.Host.AdminKey.New(TimeProvider.System),
        };
    }

    /// <summary>Lets the administrator's key in.</summary>
    public async Task KnowAdmin()
    {
        var admin = await EnsureAdmin.Run(
            Services.GetRequiredService<IEventStore>(), new(Settings.AdminKey!.Key, Settings.AdminKey.Secret),
            TimeProvider.System.GetUtcNow(), Ct);
        await Shown(admin.Position!.Value);
    }

    /// <summary>
    /// Sends a body, expects that status, answers the body. What is asked next shows what was done, also where the
    /// answer did not wait for that.
    /// </summary>
    public async Task<JsonNode> Send(HttpMethod method, string path, JsonNode? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path)
        { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Api.SendAsync(request, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.StatusCode.ShouldBe(expected, $"{method} {path}: {text}");
        if (response.Headers.Contains("Dlcs-Visible"))
        {
            var position = response.Headers.GetValues("Dlcs-Position").Single();
            await Shown(new(long.Parse(position, CultureInfo.InvariantCulture)));
        }
        return text is "" ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public Task<JsonNode> Get(string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        Send(HttpMethod.Get, path, null, expected);

    public Task<JsonNode> Post(string path, JsonNode? body, HttpStatusCode expected = HttpStatusCode.Created) =>
        Send(HttpMethod.Post, path, body, expected);

    public Task<JsonNode> Put(string path, JsonNode body, HttpStatusCode expected = HttpStatusCode.Created) =>
        Send(HttpMethod.Put, path, body, expected);

    /// <summary>The customer's new space.</summary>
    public async Task<int> NewSpace(string name) =>
        (int)(await Post("/customers/1/spaces", new JsonObject { ["name"] = name }))["id"]!;

    /// <summary>Asks for the resource until it is as wanted.</summary>
    public async Task<JsonNode> Until(string path, Func<JsonNode, bool> wanted, int seconds = 60)
    {
        for (var tries = 0; ; tries++)
        {
            var now = await Get(path);
            if (wanted(now)) return now;
            if (tries > seconds * 10) throw new TimeoutException($"{path} is still {now}");
            await Task.Delay(100, Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        Public.Dispose();
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
        Folders.Remove(Settings.Data);
    }

    /// <summary>Waits until the views show it, also where they are known to lag.</summary>
    private async Task Shown(Position position)
    {
        var progress = Services.GetRequiredService<Progress>();
        for (var tries = 0; !await progress.Reached(position, TimeSpan.FromSeconds(60), Ct); tries++)
        {
            tries.ShouldBeLessThan(600, "the views lag");
            await Task.Delay(100, Ct);
        }
    }

    private Task Begin()
    {
        Services.GetRequiredService<ILoggerFactory>().AddProvider(Heard);
        return host.StartAsync(Ct);
    }

    private static HttpClient Client(int port) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
    })
    { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(100) };
}
