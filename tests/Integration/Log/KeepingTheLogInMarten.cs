using System.Globalization;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Log;

public sealed class KeepingTheLogInMarten(MartenServer server) : LogContract, IClassFixture<MartenServer>
{
    protected override IEventStore Open(string prefix) => server.Open(prefix);

    protected override async Task AppendForeign(string prefix, StreamName stream, SealedEvent e)
    {
        await using var connection = await server.Direct.OpenConnectionAsync(Ct);
        await MartenServer.Append(connection, prefix, stream, e);
    }

    protected override async Task AppendAndRollBack(string prefix, CancellationToken ct)
    {
        await using var connection = await server.Direct.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var stream = new StreamName(string.Create(CultureInfo.InvariantCulture, $"never-{Random.Shared.Next(5)}"));
        await MartenServer.Append(connection, prefix, stream, Append(stream, -1, "never").Seal().Single());
        await Task.Delay(Random.Shared.Next(0, 15), ct);
        await transaction.RollbackAsync(ct);
    }

    protected override Task BreakConnections() => server.Query<long>(
        """
        select count(pg_terminate_backend(pid)) from pg_stat_activity
        where datname = current_database() and application_name = 'dlcs log'
        """);
}
