using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Folder;
using Dlcs.Write;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dlcs.Unit.Write;

/// <summary>The commands on a real server, with a log in memory; what is shown is only named.</summary>
internal sealed class WriteHost : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-write").FullName;
    private readonly WebApplication app;
    private int batches;

    private WriteHost(bool administrator)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddSingleton(TimeProvider.System).AddSingleton<IEventStore>(Log)
            .AddSingleton<IStorage>(Storage = new FolderStorage(Path.Combine(folder, "storage"), TimeProvider.System))
            .AddSingleton<Show>((_, what, status, _) => Task.FromResult(what switch
            {
                Shown.Rendered r => Results.Json(r.Body),
                Shown.Nothing => Results.StatusCode(status),
                _ => Results.Text(what.ToString(), statusCode: status),
            }))
            .AddSingleton<SpaceIsEmpty>((_, _, _) => Task.FromResult(true))
            .AddSingleton<NamedQueryName>((customer, id, _) => Task.FromResult(NameOf(customer, id)))
            .AddSingleton<NextIdHint>((_, _, _) => Task.FromResult(Interlocked.Increment(ref batches)))
            .AddSingleton<AwaitOutcome>((image, registration, from, ct) => Outcome(registration, ct))
            .AddSingleton<LoadCheckpoint>(_ => Task.FromResult(Checkpoint.Start))
            .AddSingleton<SaveCheckpoint>((_, _) => Task.CompletedTask)
            .AddWrite(new WriteSettings
            {
                BatchMembers = 300,
                UploadBytes = 3_000_000,
                UploadFolder = Path.Combine(folder, "uploads"),
                ImmediateWait = TimeSpan.FromMilliseconds(200),
            });
        app = builder.Build();
        app.Use((http, next) =>
        {
            Claim[] claims = [new(Caller.KeyClaim, "key-1"), new(Caller.CustomerClaim, "2")];
            http.User = new(new ClaimsIdentity(
                administrator ? [.. claims, new(Caller.AdministratorClaim, "true")] : claims, "test"));
            return next(http);
        });
        app.UseRouting();
        app.MapWrite();
    }

    public InMemoryLog Log { get; } = new();

    public FolderStorage Storage { get; }

    /// <summary>What immediate mode waits for.</summary>
    public Func<Guid, CancellationToken, Task<Position>> Outcome { get; set; } =
        (_, _) => Task.FromResult(new Position(99));

    public IEnumerable<string> Uploads => Directory.Exists(Path.Combine(folder, "uploads"))
        ? Directory.EnumerateFiles(Path.Combine(folder, "uploads")) : [];

    /// <summary>Scheme and host.</summary>
    public string Address => app.Urls.Single();

    private HttpClient Client { get; set; } = new();

    /// <summary>Customer 2 and its space 5 are there.</summary>
    public static async Task<WriteHost> Start(bool administrator = true)
    {
        var host = new WriteHost(administrator);
        await host.app.StartAsync(Acting.Ct);
        host.Client = new HttpClient { BaseAddress = new Uri(host.Address) };
        await Acting.CreateCustomer(host.Log, "anna", "Library", 2);
        await Acting.PutSpace(host.Log, 5, "Maps");
        return host;
    }

    public async Task<Answer> Send(
        HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Send(request);
    }

    public async Task<Answer> Send(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, Acting.Ct);
        var text = await response.Content.ReadAsStringAsync(Acting.Ct);
        return new((int)response.StatusCode, text);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Storage.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string? NameOf(int customer, Guid id) => Log.All.Select(r => r.Event).OfType<NamedQueryDefined>()
        .LastOrDefault(e => e.Customer == customer && e.Id == id)?.Name;

    public sealed record Answer(int Status, string Text)
    {
        /// <summary>What the problem says.</summary>
        public string Detail() => JsonDocument.Parse(Text).RootElement.GetProperty("detail").GetString()!;
    }
}
