using System.Net;
using Dlcs.Integration.Servers;

namespace Dlcs.Benchmarks.Servers;

/// <summary>The program itself, in its own process, on a private PostgreSQL that syncs to disk.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private const string Key = "b01d0000-0000-7000-8000-000000000001";
    private const string Secret = "benchmarks-know-no-secrets";
    private readonly Child child;

    private Installation(Child child, int port, int apiPort)
    {
        this.child = child;
        Public = new($"http://127.0.0.1:{port}");
        Api = new(new($"http://127.0.0.1:{apiPort}"), Key, Secret);
    }

    public int Process => child.Id;

    public Uri Public { get; }

    public Api Api { get; }

    public IPEndPoint PublicEndPoint => new(IPAddress.Loopback, Public.Port);

    /// <summary>Starts it, and waits until both hosts are ready and the first key is known.</summary>
    /// <param name="set">Further settings, as environment variables.</param>
    /// <param name="postgres">A connection string; <c>null</c>: it starts a PostgreSQL of its own.</param>
    public static async Task<Installation> Start(
        Settings settings, string data, CancellationToken ct,
        string roles = "write,read,processing,iiif", string? postgres = null,
        IReadOnlyDictionary<string, string>? set = null)
    {
        var (port, apiPort) = (Ports.Free(), Ports.Free());
        Directory.CreateDirectory(data);
        var environment = new Dictionary<string, string>
        {
            ["Data"] = data,
            ["Port"] = $"{port}",
            ["ApiPort"] = $"{apiPort}",
            ["Roles"] = roles,
            ["Samples"] = "false",
            ["DLCS_ADMIN_KEY"] = Key,
            ["DLCS_ADMIN_SECRET"] = Secret,
            ["Origins__AllowPrivateAddresses"] = "true", // the pictures are on this machine
        };
        foreach (var (name, value) in set ?? new Dictionary<string, string>()) environment[name] = value;
        if (postgres is not null) environment["ConnectionStrings__Postgres"] = postgres;
        var child = Child.Start(Path.Combine(data, "dlcs.log"), [settings.Program, "serve"], environment);
        var installation = new Installation(child, port, apiPort);
        try
        {
            await child.Answers(new(installation.Public, "/health/ready"), ct);
            await child.Answers(new(installation.Api.Address, "/health/ready"), ct);
            await child.Answers(new(installation.Api.Address, "/customers/1"), ct, installation.Api.Credentials);
            return installation;
        }
        catch (IOException)
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await child.DisposeAsync();
    }
}
