using Dlcs.Host.Embedded;

namespace Dlcs.Integration.Ops;

/// <summary>Who works on the queue of a database that several processes share.</summary>
public sealed class SharingAPrivatePostgres : IDisposable
{
    private readonly DataFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task one_that_works_alone_lets_nobody_beside_it_and_comes_beside_nobody()
    {
        var (one, other) = (await Open(), await Open());
        try
        {
            (await one.Works(alone: false, Ct)).ShouldBeTrue();
            (await other.Works(alone: true, Ct)).ShouldBeFalse();
            (await other.Works(alone: false, Ct)).ShouldBeTrue();
            await one.Stop(Ct);
            await other.Stop(Ct);

            (one, other) = (await Open(), await Open());
            (await one.Works(alone: true, Ct)).ShouldBeTrue();
            (await other.Works(alone: false, Ct)).ShouldBeFalse();
            (await other.Works(alone: true, Ct)).ShouldBeFalse();
            await one.Stop(Ct);
            (await other.Works(alone: true, Ct)).ShouldBeTrue();
        }
        finally
        {
            await one.Stop(CancellationToken.None);
            await other.Stop(CancellationToken.None);
        }
    }

    public void Dispose() => folder.Dispose();

    private Task<PrivatePostgres> Open() => PrivatePostgres.Start(folder.Path, durable: false, Ct);
}
