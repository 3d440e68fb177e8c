using Dlcs.Kernel.Storage;

namespace Dlcs.Integration.Storage;

/// <summary>A cache is an adapter like any other.</summary>
public sealed class StoringBehindACache : StorageContract
{
    private readonly CacheBench bench = new();
    private readonly IStorage cache;

    public StoringBehindACache() => cache = bench.Cache();

    protected override IStorage Storage => cache;

    public override void Dispose()
    {
        bench.Dispose();
        base.Dispose();
    }
}
