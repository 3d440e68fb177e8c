using System.Security.Cryptography;
using System.Threading.Channels;
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

    public Bell(NpgsqlDataSource source, LogSettings settings)
    {
        (this.source, this.settings, channel) = (source, settings, $"dlcs_{settings.Schema}");
        telling = new(() => Task.Run(Tell));
        listening = new(() => Task.Run(Listen));
    }

    /// <summary>Ends when something may have been appended. Take it before looking at the log.</summary>
    public Task Next => pulse.Next;

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

    private async Task Tell()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await rung.Reader.ReadAsync(stop.Token);
                // Nothing of it has to outlive a crash, so it need not wait for the disk.
                await using var notify = source.CreateCommand(
                    $"select set_config('synchronous_commit', 'off', true), pg_notify('{channel}', '{self}')");
                await notify.ExecuteNonQueryAsync(stop.Token);
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            {
                await Delay();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Listen()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenOnce();
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            {
                await Delay();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ListenOnce()
    {
        await using var connection = await source.OpenConnectionAsync(stop.Token);
        connection.Notification += (_, heard) =>
        {
            if (heard.Payload != self) pulse.Beat();
        };
        await using var listen = new NpgsqlCommand($"listen {channel}", connection);
        await listen.ExecuteNonQueryAsync(stop.Token);
        await using var highest = new NpgsqlCommand($"select max(seq_id) from {settings.Table("mt_events")}", connection);

        for (object? seen = null; ;)
        {
            var now = await highest.ExecuteScalarAsync(stop.Token);
            if (!Equals(now, seen)) pulse.Beat();
            seen = now;
            while (await connection.WaitAsync(settings.Poll, stop.Token))
            {
            }
        }
    }

    private Task Delay() =>
        Task.Delay(Random.Shared.Next(50, 250), stop.Token)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
