using System.Security.Cryptography;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Integration.Storage;

/// <summary>A fresh bucket behind a front, and files to put into it.</summary>
internal sealed class S3Bench : IAsyncDisposable
{
    private readonly string work = Directory.CreateTempSubdirectory("dlcs-s3-").FullName;

    private S3Bench(S3Settings settings, S3Front front)
    {
        (Behind, Front) = (settings, front);
        Settings = front.Lead(settings) with { PartSize = S3Settings.LeastPart };
        Storage = new(Settings, TimeProvider.System);
    }

    /// <summary>The way to the bucket past the front.</summary>
    public S3Settings Behind { get; }

    public S3Settings Settings { get; }

    public S3Front Front { get; }

    public S3Storage Storage { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<S3Bench> Open(Ceph ceph) => await Open(await ceph.NewBucket());

    public static async Task<S3Bench> Open(S3Settings settings) => new(settings, await S3Front.Before(settings));

    /// <summary>Speaks to the store as these settings say from now on.</summary>
    public S3Bench With(Func<S3Settings, S3Settings> change, TimeProvider? time = null)
    {
        Storage.Dispose();
        Storage = new(change(Settings), time ?? TimeProvider.System);
        return this;
    }

    public async Task<(StorageKey Key, byte[] Bytes)> Put(int length)
    {
        var (key, bytes, file) = await File(length);
        await Storage.Put(key, file, Ct);
        return (key, bytes);
    }

    public async Task<(StorageKey Key, byte[] Bytes, string File)> File(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        var file = Path.Combine(work, Path.GetRandomFileName());
        await System.IO.File.WriteAllBytesAsync(file, bytes, Ct);
        return (StorageKey.Of(2, "s3", Convert.ToHexStringLower(SHA256.HashData(bytes)), "bin"), bytes, file);
    }

    public async Task<byte[]> Read(StorageKey key, long offset, int count)
    {
        var bytes = new byte[count];
        await Storage.Read(key, offset, bytes, Ct);
        return bytes;
    }

    /// <summary>What a read fails with.</summary>
    public async Task<string> Failure(StorageKey key) =>
        (await Should.ThrowAsync<StorageUnavailableException>(() => Read(key, 0, 10))).Message;

    public async ValueTask DisposeAsync()
    {
        Storage.Dispose();
        await Front.DisposeAsync();
        Directory.Delete(work, recursive: true);
    }
}
