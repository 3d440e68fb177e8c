using Dlcs.Kernel;
using Npgsql;

namespace Dlcs.Host.Wiring;

/// <summary>
/// Asks PostgreSQL the least that can be asked, all the time: what ails it is told in one line, whoever else meets it.
/// </summary>
internal sealed class DatabaseWatch(NpgsqlDataSource database, ILogger<DatabaseWatch> logger, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Ailment ailment = new("PostgreSQL", logger, time);

    /// <summary>Whether it answers, and takes writes. Connections that do not are given up: others may.</summary>
    /// <exception cref="NpgsqlException">It does not.</exception>
    public static async Task Ask(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var ask = database.CreateCommand("show transaction_read_only");
        if (await ask.ExecuteScalarAsync(ct) is not "on") return;
        database.Clear();
        throw new NpgsqlException("it only reads: it is a standby, or almost full");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var began = ailment.Now;
            try
            {
                await ailment.Await(Ask(database, stoppingToken), stoppingToken);
                ailment.Answers(began);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                ailment.Meets(Database.Message(e));
            }
            await Task.Delay(Pause, time, stoppingToken);
        }
    }
}
