using Dlcs.Host.Embedded;
using Dlcs.Integration.Ops;

namespace Dlcs.Integration.Servers;

/// <summary>A PostgreSQL of a test's own: it may go, and come back with its data.</summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    /// <summary>In memory, where <c>ops/test</c> found room: each database is some hundred files to make.</summary>
    private readonly DataFolder folder = new(Environment.GetEnvironmentVariable("DLCS_TEST_DATABASES"));
    private PrivatePostgres? server;

    public string ConnectionString => server!.ConnectionString;

    public static async Task<OwnPostgres> Started()
    {
        var postgres = new OwnPostgres();
        await postgres.Start();
        return postgres;
    }

    public async Task Start()
    {
        server = await PrivatePostgres.Start(folder.Path, durable: false);
        folder.Elsewhere = server.Folder;
    }

    public Task Stop() => server!.Stop(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Stop();
        folder.Dispose();
    }
}
