using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Integration.Storage;

[Trait("profile", "cluster")]
public sealed class StoringInS3(Ceph ceph) : StorageContract, IAsyncLifetime
{
    private S3Storage? storage;

    protected override IStorage Storage => storage!;

    public async ValueTask InitializeAsync()
    {
        var bucket = await ceph.NewBucket();
        storage = new(
            bucket with { PartSize = S3Settings.LeastPart, Prefix = "library/pixels" }, TimeProvider.System);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public override void Dispose()
    {
        storage?.Dispose();
        storage = null;
        base.Dispose();
        GC.SuppressFinalize(this);
    }
}
