using Dlcs.Host;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Apart;

/// <summary>An installation of a process per role, two of those that share work, and two that keep the views.</summary>
internal sealed class Processes : IAsyncDisposable
{
    private readonly string storage = Directory.CreateTempSubdirectory("dlcs-apart-storage-").FullName;
    private readonly AdminKey admin = AdminKey.New(TimeProvider.System);
    private readonly IReadOnlyDictionary<string, string> settings;

    private Processes(string postgres)
    {
        settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Postgres"] = postgres,
            ["Storage"] = storage,
            ["Origins__AllowPrivateAddresses"] = "true",
        };
        Postgres = postgres;
        Write = Of("write");
        Read = [Of("read"), Of("read")];
        Processing = [Of("processing"), Of("processing")];
        Iiif = [Of("iiif"), Of("iiif")];
    }

    public string Postgres { get; }

    public RoleProcess Write { get; }

    public IReadOnlyList<RoleProcess> Read { get; }

    public IReadOnlyList<RoleProcess> Processing { get; }

    public IReadOnlyList<RoleProcess> Iiif { get; }

    public IEnumerable<RoleProcess> All => [Write, .. Read, .. Processing, .. Iiif];

    public static async Task<Processes> Start(Postgres postgres)
    {
        var processes = new Processes(await postgres.NewDatabase());
        await Task.WhenAll(processes.All.Select(p => p.Start()));
        return processes;
    }

    /// <summary>For a host in this process, on the same stores.</summary>
    public HostSettings Settings() => new()
    {
        Data = storage,
        Storage = storage,
        Postgres = Postgres,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var process in All) await process.DisposeAsync();
        Directory.Delete(storage, recursive: true);
    }

    private RoleProcess Of(string roles) => new(roles, settings, admin);
}
