using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Host;
using Dlcs.Host.Embedded;
using Dlcs.Integration.Apart;

namespace Dlcs.Integration.Journeys;

/// <summary>The program itself in a process of its own, with its own database: so that both can be killed.</summary>
internal sealed class DlcsProcess : IAsyncDisposable
{
    private readonly RoleProcess process = new("all", AdminKey.New(TimeProvider.System));
    private bool running;

    public string Data => process.Data;

    /// <summary>Settings of its environment, from its next start on.</summary>
    public void With(IReadOnlyDictionary<string, string> environ) => process.With(environ);

    /// <summary>Starts it, and waits until it is ready for work.</summary>
    public async Task Start()
    {
        running = true;
        await process.Start();
    }

    /// <summary>Kills the program, then its database, as a failing machine would.</summary>
    public async Task Kill()
    {
        running = false;
        await process.Kill();
        var pid = File.ReadLines(Path.Combine(Data, "postgres", "cluster", "postmaster.pid")).First();
        using var kill = Process.Start("sh", ["-c", $"kill -9 {pid} $(cat /proc/{pid}/task/{pid}/children)"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The body; <c>null</c> when it does not answer with one.</summary>
    public async Task<JsonNode?> Get(string path)
    {
        try
        {
            return await process.Get(path);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    public Task<HttpResponseMessage> Post(string path, JsonNode body) => process.Api.PostAsJsonAsync(path, body);

    /// <summary>The connection string of its database.</summary>
    public async Task<string> Postgres() => (await PrivatePostgres.Start(Data)).ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (running) await Kill();
        await process.DisposeAsync();
    }
}
