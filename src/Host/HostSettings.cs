using System.Net;
using Dlcs.Kernel.Events.EventStore;
using Dlcs.Kernel.Storage.S3;
using Dlcs.Read.Images.Elastic;

namespace Dlcs.Host;

/// <summary>What one process takes part in; each may run in processes of its own.</summary>
[Flags]
public enum Roles { Write = 1, Read = 2, Processing = 4, Iiif = 8, All = Write | Read | Processing | Iiif }

/// <summary>
/// All that can be set, checked. The sources, later ones over earlier ones: <c>appsettings.json</c> beside the program
/// and in the current folder, the environment (<c>ConnectionStrings__Postgres</c>), the command line.
/// </summary>
public sealed record HostSettings
{
    /// <summary>The folder with everything that is kept here, absolute.</summary>
    public required string Data { get; init; }

    /// <summary>The public host's port: IIIF.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The API host's port.</summary>
    public int ApiPort { get; init; } = 8081;

    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    public Roles Roles { get; init; } = Roles.All;

    /// <summary>Whether the sample book is added at the first start.</summary>
    public bool Samples { get; init; } = true;

    /// <summary>Whether what is logged is JSON, an object a line; else lines to read.</summary>
    public bool LogsJson { get; init; }

    /// <summary>The least that is logged of this program's own; <c>null</c>: as fits the console.</summary>
    public LogLevel? LogLevel { get; init; }

    /// <summary>A PostgreSQL to use; <c>null</c>: a private one is started in <see cref="Data"/>.</summary>
    public string? Postgres { get; init; }

    /// <summary>
    /// Whether no other process works on its database: then all that one left when it died is this one's. No setting:
    /// whoever starts the database knows.
    /// </summary>
    public bool IsAlone { get; init; }

    /// <summary>The engine of the image index; <c>null</c>: it is in PostgreSQL.</summary>
    public ElasticSettings? Index { get; init; }

    /// <summary>The EventStoreDB that keeps the log; <c>null</c>: PostgreSQL does.</summary>
    public EventStoreAddress? EventStore { get; init; }

    /// <summary>Begins every id of the public host; <c>null</c>: as asked.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Begins every id of the API; <c>null</c>: as asked.</summary>
    public Uri? ApiUrl { get; init; }

    /// <summary>Whether origins may be on loopback and private addresses.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Sets this installation's streams apart from others' in a shared log.</summary>
    public string Prefix { get; init; } = "dlcs";

    /// <summary>The folder of pixels, absolute; not used where <see cref="S3"/> is set.</summary>
    public required string Storage { get; init; }

    /// <summary>Where uploads lie until they are stored.</summary>
    public string Uploads => Path.Combine(Data, "uploads");

    /// <summary>Where workers keep their files while they work.</summary>
    public string Work => Path.Combine(Data, "work");

    /// <summary>The bucket of pixels; <c>null</c>: they are in a folder.</summary>
    public S3Settings? S3 { get; init; }

    /// <summary>Where what is read often of <see cref="S3"/> is kept, absolute.</summary>
    public string Cache { get => field ?? Path.Combine(Data, "cache"); init; }

    /// <summary>How much of it, bytes; 0: nothing.</summary>
    public long CacheBytes { get; init; } = 10L << 30;

    /// <summary>Images that are processed at the same time by this process.</summary>
    public int Workers { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Members that one batch may have.</summary>
    public int BatchMembers { get; init; } = 1000;

    /// <summary>Bytes that one uploaded file may have.</summary>
    public long UploadBytes { get; init; } = 2L << 30;

    /// <summary>A key that the first administrator gets, for automation; <c>null</c>: one is made.</summary>
    public AdminKey? AdminKey { get; init; }

    /// <summary>Without passwords: they go into no log.</summary>
    public override string ToString() => $"settings of {Data}";

    /// <summary>Where a host with that port answers who asks from this machine.</summary>
    public Uri Here(int port)
    {
        var everywhere = Listen.Equals(IPAddress.Any) || Listen.Equals(IPAddress.IPv6Any);
        return new($"http://{new IPEndPoint(everywhere ? IPAddress.Loopback : Listen, port)}");
    }
}
