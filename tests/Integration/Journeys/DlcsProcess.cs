using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dlcs.Host;
using Dlcs.Host.Embedded;

namespace Dlcs.Integration.Journeys;

/// <summary>The program itself in a process of its own, with its own database: so that both can be killed.</summary>
internal sealed class DlcsProcess : IAsyncDisposable
{
    private readonly string apiPort = $"{Ports.Free()}";
    private readonly string port = $"{Ports.Free()}";
    private readonly AdminKey admin = AdminKey.New(TimeProvider.System);
    private Process? process;

    public DlcsProcess()
    {
        Data = Directory.CreateTempSubdirectory("dlcs-kill-").FullName;
        File.SetUnixFileMode(Data, (UnixFileMode)0b111_101_101); // the database runs as another user
        Api = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{apiPort}"),
            Timeout = TimeSpan.FromSeconds(20),
        };
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(admin.Credentials)));
    }

    public string Data { get; }

    /// <summary>What its environment says of its stores.</summary>
    public IReadOnlyDictionary<string, string> Environ { get; set; } = new Dictionary<string, string>();

    public HttpClient Api { get; }

    /// <summary>Starts it, and waits until it is ready for work.</summary>
    public async Task Start()
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "dlcs.dll"), "serve", "--data", Data, "--port", port,
            "--api-port", apiPort, "--no-samples",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Origins__AllowPrivateAddresses"] = "true";
        foreach (var (name, value) in Environ) start.Environment[name] = value;
        start.Environment["DLCS_ADMIN_KEY"] = admin.Key.ToString();
        start.Environment["DLCS_ADMIN_SECRET"] = admin.Secret;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        for (var tries = 0; await Get("/customers/1") is null; tries++)
        {
            if (process.HasExited || tries > 600) throw new TimeoutException($"dlcs did not start in {Data}");
            await Task.Delay(100);
        }
    }

    /// <summary>Kills the program, then its database, as a failing machine would.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        var pid = File.ReadLines(Path.Combine(Data, "postgres", "cluster", "postmaster.pid")).First();
        using var kill = Process.Start("sh", ["-c", $"pkill -9 -P {pid}; kill -9 {pid}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The body; <c>null</c> when it does not answer with one.</summary>
    public async Task<JsonNode?> Get(string path)
    {
        try
        {
            using var response = await Api.GetAsync(path);
            return response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync()) : null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    public Task<HttpResponseMessage> Post(string path, JsonNode body) => Api.PostAsJsonAsync(path, body);

    /// <summary>The connection string of its database.</summary>
    public async Task<string> Postgres() => (await PrivatePostgres.Start(Data)).ConnectionString;

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (process is { HasExited: false }) await Kill();
        process?.Dispose();
        Directory.Delete(Data, recursive: true);
    }
}
