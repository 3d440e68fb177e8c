using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dlcs.Host;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Apart;

/// <summary>One process of an installation, with some of the roles and ports of its own; to be killed.</summary>
internal sealed class RoleProcess : IAsyncDisposable
{
    private readonly ProcessStartInfo start;
    private Process? process;

    public RoleProcess(string roles, AdminKey admin)
    {
        Roles = roles;
        Data = Directory.CreateTempSubdirectory($"dlcs-{roles.Replace(',', '-')}-").FullName;
        File.SetUnixFileMode(Data, (UnixFileMode)0b111_101_101); // a database of its own runs as another user
        var (api, port) = (Ports.Free(), Ports.Free());
        start = new("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "dlcs.dll"), "serve", "--data", Data, "--no-samples",
            "--roles", roles, "--port", Number(port), "--api-port", Number(api),
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DLCS_ADMIN_KEY"] = admin.Key.ToString();
        start.Environment["DLCS_ADMIN_SECRET"] = admin.Secret;
        (Api, Public) = (Client(api), Client(port));
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(admin.Credentials)));

        static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);
    }

    public string Roles { get; }

    public string Data { get; }

    public HttpClient Api { get; }

    public HttpClient Public { get; }

    /// <summary>What it has said.</summary>
    public StringBuilder Said { get; } = new();

    /// <summary>Settings of its environment, from its next start on.</summary>
    public RoleProcess With(IReadOnlyDictionary<string, string> environ)
    {
        foreach (var (name, value) in environ) start.Environment[name] = value;
        return this;
    }

    /// <summary>Starts it, and waits until both its hosts are ready.</summary>
    public async Task Start()
    {
        Launch();
        await Ready();
    }

    /// <summary>Starts it.</summary>
    public void Launch()
    {
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits until both its hosts are.</summary>
    public async Task Ready()
    {
        for (var tries = 0; !await IsReady(Api) || !await IsReady(Public); tries++)
        {
            if (process!.HasExited || tries > 900)
                throw new TimeoutException($"dlcs with {Roles} did not start: {Said}");
            await Task.Delay(100);
        }
    }

    /// <summary>As kill -9 does.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    public async Task<JsonNode> Get(string path)
    {
        using var response = await Api.GetAsync(new Uri(path, UriKind.Relative));
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(body)!
            : throw new HttpRequestException($"{path}: {(int)response.StatusCode} {body}");
    }

    /// <summary>Sends, again while nobody answers.</summary>
    public async Task<HttpResponseMessage> Insist(HttpMethod method, string path, JsonNode body)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
                return await Api.SendAsync(request);
            }
            catch (HttpRequestException) when (tries < 300)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        Public.Dispose();
        if (process is { HasExited: false }) await Kill();
        process?.Dispose();
        Folders.Remove(Data);
    }

    private void Hear(string? line)
    {
        lock (Said) Said.AppendLine(line);
    }

    private static async Task<bool> IsReady(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static HttpClient Client(int port) => new(new SocketsHttpHandler { UseProxy = false })
    { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
}
