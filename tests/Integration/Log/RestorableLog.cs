using Dlcs.Integration.Log.Loopback;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.EventStore;
using Npgsql;

namespace Dlcs.Integration.Log;

/// <summary>A log of a test's own that can be put back to what it was, as if from a backup.</summary>
internal abstract class RestorableLog : IAsyncDisposable
{
    public static TheoryData<string> Engines => new("postgres", "eventstore");

    /// <summary>The log as another process sees it; whoever opens it closes it.</summary>
    public abstract IEventStore Open(string prefix = "dlcs");

    /// <summary>Brings the log back to how it stood at that position.</summary>
    public abstract Task Restore(Position upTo);

    public abstract ValueTask DisposeAsync();

    public static async Task<RestorableLog> On(string engine, Postgres postgres)
    {
        if (engine is "eventstore") return new InEventStore(await LoopbackServer.Start());
        var server = new MartenServer(postgres);
        await server.InitializeAsync();
        return new InMarten(server);
    }

    /// <summary>Brings a log in PostgreSQL back to how it stood then; who was connected is not any more.</summary>
    public static async Task Restore(NpgsqlDataSource database, Position upTo)
    {
        await using var restore = database.CreateCommand(FormattableString.Invariant($"""
            delete from log.mt_events where seq_id > {upTo.Value};
            update log.mt_streams s set version = (select max(version) from log.mt_events where stream_id = s.id);
            delete from log.mt_streams where version is null;
            select setval('log.mt_events_sequence', {upTo.Value});
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name = 'dlcs log'
            """));
        await restore.ExecuteNonQueryAsync();
    }

    private sealed class InMarten(MartenServer server) : RestorableLog
    {
        public override IEventStore Open(string prefix) => server.Open(prefix);

        public override Task Restore(Position upTo) => Restore(server.Direct, upTo);

        public override ValueTask DisposeAsync() => server.DisposeAsync();
    }

    private sealed class InEventStore(LoopbackServer server) : RestorableLog
    {
        private LoopbackServer current = server;

        public override IEventStore Open(string prefix) =>
            new GrpcEventStore(ConnectionString.Parse(current.ConnectionString), prefix);

        public override async Task Restore(Position upTo)
        {
            var backup = current.Log.Backup((ulong)upTo.Value);
            await current.DisposeAsync();
            current = await LoopbackServer.Start(backup, port: current.Port);
        }

        public override ValueTask DisposeAsync() => current.DisposeAsync();
    }
}
