using System.Globalization;
using System.Security.Cryptography;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Caching;
using Dlcs.Kernel.Storage.Folder;
using Microsoft.Extensions.Logging;

namespace Dlcs.Integration.Storage;

/// <summary>Objects in a far storage, and caches before it that share a folder.</summary>
internal sealed class CacheBench : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("dlcs-cache-").FullName;
    private readonly List<LocalCache> caches = [];
    private readonly ILoggerFactory logs;
    private readonly FolderStorage objects;

    public CacheBench()
    {
        logs = LoggerFactory.Create(log => log.AddProvider(Log));
        objects = new(Path.Combine(root, "far"), TimeProvider.System);
        Far = new(objects);
    }

    public FarStorage Far { get; }

    public Processing.HeardLog Log { get; } = new();

    public string Folder => Path.Combine(root, "cache");

    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Folder, "@*", SearchOption.AllDirectories)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Another cache on the same folder, as another process would have it.</summary>
    public LocalCache Cache(long bytes = 1 << 30, int flights = 256, long spare = 0)
    {
        caches.Add(new(
            Far, new(Folder, bytes) { Flights = flights, Spare = spare }, logs.CreateLogger<LocalCache>()));
        return caches[^1];
    }

    public async Task<(StorageKey Key, byte[] Bytes)> Put(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        var file = Path.Combine(root, "file");
        await File.WriteAllBytesAsync(file, bytes, Ct);
        var key = StorageKey.Of(2, "pyramids", Convert.ToHexStringLower(SHA256.HashData(bytes)), "zip");
        await Far.Put(key, file, Ct);
        return (key, bytes);
    }

    public static async Task<byte[]> Read(IStorage storage, StorageKey key, long offset, int count)
    {
        var bytes = new byte[count];
        await storage.Read(key, offset, bytes, Ct);
        return bytes;
    }

    /// <summary>The file of a range, once it is written.</summary>
    public async Task<string> FileOf(StorageKey key, long offset, int length)
    {
        var file = Path.Combine(
            Folder, key.Value, string.Create(CultureInfo.InvariantCulture, $"@{offset}-{length}"));
        await Until(() => File.Exists(file));
        return file;
    }

    public static async Task Until(Func<bool> done)
    {
        for (var tries = 0; !done(); tries++)
        {
            if (tries > 6000) throw new TimeoutException("it did not come to pass");
            await Task.Delay(10, Ct);
        }
    }

    public void Dispose()
    {
        caches.ForEach(c => c.Dispose());
        objects.Dispose();
        logs.Dispose();
        Folders.Remove(root);
    }
}
