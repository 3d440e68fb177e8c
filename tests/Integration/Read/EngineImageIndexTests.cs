using Dlcs.Integration.Servers;
using Dlcs.Read.Images.Elastic;

namespace Dlcs.Integration.Read;

/// <summary>The contract on a search engine.</summary>
public abstract class EngineImageIndexTests(Postgres postgres, SearchEngine engine) : ImageIndexContract(postgres)
{
    private ElasticSettings? settings;

    public override async ValueTask DisposeAsync()
    {
        if (settings is null) return; // it was skipped
        await base.DisposeAsync();
        await engine.Forget(settings);
        GC.SuppressFinalize(this);
    }

    private protected override async Task<Projected> Start(Postgres postgres) =>
        await Projected.Start(postgres, settings = await engine.Settings());
}
