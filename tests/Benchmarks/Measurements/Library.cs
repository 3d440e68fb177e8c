using Dlcs.Benchmarks.Loading;
using Dlcs.Benchmarks.Measuring;
using Dlcs.Benchmarks.Servers;
using Dlcs.Host.Embedded;
using Dlcs.Kernel.Events.Marten;
using Npgsql;

namespace Dlcs.Benchmarks.Measurements;

/// <summary>A library of 100,000 images: registered, then asked, then its views built anew.</summary>
internal static class Library
{
    public static async Task<IReadOnlyList<Line>> Run(Settings settings, CancellationToken ct)
    {
        var data = settings.Place("library");
        var postgres = await PrivatePostgres.Start(data, ct: ct);
        try
        {
            await using var log = new MartenEventStore(postgres.ConnectionString, new LogSettings());
            await using var dlcs = await Installation.Start(
                settings, data, ct, roles: "write,read,iiif", postgres: postgres.ConnectionString);
            var filled = await Catalogue.Fill(dlcs, log, ct);
            await using (var database = NpgsqlDataSource.Create(postgres.ConnectionString))
                await Settling.Settle(database, ct);
            return
            [
                .. filled,
                .. await Queries.Run(dlcs, ct),
                .. await Rebuilding.Run(log, postgres.ConnectionString, ct),
            ];
        }
        finally
        {
            await postgres.Stop(CancellationToken.None);
        }
    }
}
