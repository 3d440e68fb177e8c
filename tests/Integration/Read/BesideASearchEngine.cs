using Dlcs.Integration.Servers;
using Dlcs.Read.Images.Elastic;

namespace Dlcs.Integration.Read;

/// <summary>A library whose images are kept in a real search engine, a man in the middle: each test its own.</summary>
public abstract class BesideASearchEngine(Postgres postgres, SearchEngine engine) : IAsyncLifetime
{
    private ElasticSettings settings = null!;
    private SearchLibrary? opened;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected SearchLibrary Library => opened!;

    public async ValueTask InitializeAsync()
    {
        settings = await engine.Settings();
        opened = await SearchLibrary.Open(postgres, settings);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (opened is null) return; // it was skipped
        await opened.DisposeAsync();
        await engine.Forget(settings);
    }
}
