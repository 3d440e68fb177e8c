using System.Diagnostics;
using System.Globalization;
using Dlcs.Host.Embedded;
using Npgsql;

namespace Dlcs.Integration.Ops;

/// <summary>What kill -9 leaves behind.</summary>
public sealed class TakingOverAPrivatePostgres : IDisposable
{
    private readonly DataFolder folder = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task takes_over_a_database_that_a_killed_process_left_running()
    {
        var left = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        await DataFolder.Ask(left, "create table kept as select 1 as n");
        var before = Postmaster();

        var postgres = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        try
        {
            Postmaster().ShouldBe(before);
            (await DataFolder.Ask(postgres, "select n from kept")).ShouldBe(1);
        }
        finally
        {
            await End(before);
        }
    }

    [Fact]
    public async Task starts_again_after_the_database_itself_was_killed()
    {
        var postgres = await PrivatePostgres.Start(folder.Path, ct: ct);
        await DataFolder.Ask(postgres, "create table kept as select 1 as n");
        Process.GetProcessById(Postmaster()).Kill();

        postgres = await PrivatePostgres.Start(folder.Path, ct: ct);
        try
        {
            (await DataFolder.Ask(postgres, "select n from kept")).ShouldBe(1);
        }
        finally
        {
            await End(Postmaster());
        }
    }

    [Fact]
    public async Task is_started_again_when_it_dies_while_it_is_watched()
    {
        var postgres = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = postgres.Watch(stop.Token);
        var before = Postmaster();
        Process.GetProcessById(before).Kill();
        try
        {
            while (!await Answers(postgres)) await Task.Delay(100, ct);
            Postmaster().ShouldNotBe(before);
        }
        finally
        {
            await stop.CancelAsync();
            await watching;
            await postgres.Stop(CancellationToken.None);
        }
    }

    [Fact]
    public async Task is_still_watched_after_it_could_not_be_started()
    {
        var postgres = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var turn = Path.Combine(postgres.Folder, "turn");
        File.Delete(turn);
        Directory.CreateDirectory(turn); // nobody may open it
        var watching = postgres.Watch(stop.Token);
        Process.GetProcessById(Postmaster()).Kill();
        try
        {
            await Task.Delay(1500, ct);
            watching.IsCompleted.ShouldBeFalse();
            Directory.Delete(turn);
            while (!await Answers(postgres)) await Task.Delay(100, ct);
        }
        finally
        {
            if (Directory.Exists(turn)) Directory.Delete(turn);
            await stop.CancelAsync();
            await watching;
            await postgres.Stop(CancellationToken.None);
        }
    }

    [Fact]
    public async Task does_not_take_another_program_that_got_the_number_of_a_dead_database_for_it()
    {
        var postgres = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        var lockFile = Path.Combine(postgres.Folder, "cluster", "postmaster.pid");
        var text = await File.ReadAllTextAsync(lockFile, ct);
        await postgres.Stop(CancellationToken.None);
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(lockFile, own + text[text.IndexOf('\n', StringComparison.Ordinal)..], ct);

        postgres = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        try
        {
            (await DataFolder.Ask(postgres, "select 1")).ShouldBe(1);
        }
        finally
        {
            await postgres.Stop(CancellationToken.None);
        }
    }

    public void Dispose() => folder.Dispose();

    private int Postmaster() => int.Parse(
        File.ReadLines(Path.Combine(folder.Path, "postgres", "cluster", "postmaster.pid")).First(),
        CultureInfo.InvariantCulture);

    private async Task End(int postmaster)
    {
        using var process = Process.GetProcessById(postmaster);
        process.Kill();
        await process.WaitForExitAsync(ct);
        await Task.Delay(500, ct); // its children write until they see that it is gone
    }

    private static async Task<bool> Answers(PrivatePostgres postgres)
    {
        try
        {
            return await DataFolder.Ask(postgres, "select 1") is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
