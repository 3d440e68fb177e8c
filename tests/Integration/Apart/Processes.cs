using Dlcs.Host;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Apart;

/// <summary>An installation of a process per role, two of those that share work, and two that keep the views.</summary>
internal sealed class Processes : IAsyncDisposable
{
    private readonly AdminKey admin = AdminKey.New(TimeProvider.System);
    private readonly IReadOnlyDictionary<string, string> environ;

    private Processes(HostSettings settings, IReadOnlyDictionary<string, string> environ)
    {
        (Settings, this.environ) = (settings, environ);
        Write = Of("write");
        Read = [Of("read"), Of("read")];
        Processing = [Of("processing"), Of("processing")];
        Iiif = [Of("iiif"), Of("iiif")];
    }

    /// <summary>For a host in this process, on the same stores.</summary>
    public HostSettings Settings { get; }

    public RoleProcess Write { get; }

    public IReadOnlyList<RoleProcess> Read { get; }

    public IReadOnlyList<RoleProcess> Processing { get; }

    public IReadOnlyList<RoleProcess> Iiif { get; }

    public IEnumerable<RoleProcess> All => [Write, .. Read, .. Processing, .. Iiif];

    public static async Task<Processes> Start(Stores stores)
    {
        var storage = Directory.CreateTempSubdirectory("dlcs-apart-storage-").FullName;
        var settings = await stores.Under(new HostSettings { Data = storage, Storage = storage });
        var processes = new Processes(settings, stores.Environ(settings));
        await Task.WhenAll(processes.All.Select(p => p.Start()));
        return processes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in All) await process.DisposeAsync();
        Directory.Delete(Settings.Storage, recursive: true);
    }

    private RoleProcess Of(string roles) => new RoleProcess(roles, admin).With(environ);
}
