using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>
/// Says that something was appended: at once to those who wait in this process, by NOTIFY to other processes. It is
/// rung after the commit, since a NOTIFY within the transaction makes all commits queue; one that a crash swallowed is
/// made up for by looking every <see cref="LogSettings.Poll"/>.
/// </summary>
internal sealed class Bell : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly LogSettings settings;
    private readonly Pulse pulse = new();
    private readonly CancellationTokenSource stop = new();
    private readonly string self = RandomNumberGenerator.GetHexString(16);
    private readonly string channel;
    private readonly Channel<bool> rung =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lazy<Task> telling;
    private readonly Lazy<Task> listening;
    private int lost;

    public Bell(NpgsqlDataSource source, LogSettings settings, ILogger logger)
    {
        (this.source, this.settings, channel) = (source, settings, $"dlcs_{settings.Schema}");
        telling = Starting("Telling other processes of appends", Tell);
        listening = Starting("Listening for appends of other processes", Listen);

        Lazy<Task> Starting(string what, Func<CancellationToken, Task> work) =>
            new(() => Task.Run(() => Persistently.Run(what, work, logger, TimeProvider.System, stop.Token)));
    }

    /// <summary>Ends when something may have been appended. Take it before looking at the log.</summary>
    public Task Next => pulse.Next;

    /// <summary>How often the connection to PostgreSQL was lost: what answers since may be another log.</summary>
    public int Lost => Volatile.Read(ref lost);

    public void Ring()
    {
        pulse.Beat();
        rung.Writer.TryWrite(true);
        _ = telling.Value;
    }

    /// <summary>From now on other processes are heard.</summary>
    public void Hear() => _ = listening.Value;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (telling.IsValueCreated) await telling.Value;
        if (listening.IsValueCreated) await listening.Value;
        stop.Dispose();
    }

    /// <summary>However often it is rung meanwhile, others are told once.</summary>
    private async Task Tell(CancellationToken ct)
    {
        while (await rung.Reader.ReadAsync(ct))
        {
            // Nothing of it has to outlive a crash, so it need not wait for the disk.
            await using var notify = source.CreateCommand(
                $"select set_config('synchronous_commit', 'off', true), pg_notify('{channel}', '{self}')");
            await notify.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task Listen(CancellationToken ct)
    {
        try
        {
            await ListenToOne(ct);
        }
        finally
        {
            Interlocked.Increment(ref lost);
        }
    }

    private async Task ListenToOne(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, heard) =>
        {
            if (heard.Payload != self) pulse.Beat();
        };
        await using var listen = new NpgsqlCommand($"listen {channel}", connection);
        await listen.ExecuteNonQueryAsync(ct);
        await using var highest =
            new NpgsqlCommand($"select max(seq_id) from {settings.Table("mt_events")}", connection);

        pulse.Beat(); // for what came while nobody listened
        for (object? seen = null; ;)
        {
            var now = await highest.ExecuteScalarAsync(ct);
            if (!Equals(now, seen)) pulse.Beat();
            seen = now;
            while (await connection.WaitAsync(settings.Poll, ct))
            {
            }
        }
    }
}
