using System.Diagnostics;
using System.Globalization;
using Dlcs.Host.Embedded;
using Npgsql;

namespace Dlcs.Integration.Ops;

/// <summary>A folder per test, below one that others may enter or, where the test says so, may not.</summary>
public sealed class StartingAPrivatePostgres : IDisposable
{
    private const UnixFileMode Open = (UnixFileMode)0b111_101_101;
    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-ops-").FullName;
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private string? elsewhere;

    public StartingAPrivatePostgres() => File.SetUnixFileMode(folder, Open);

    [Fact]
    public async Task lives_in_the_data_folder_where_its_user_may_enter_it()
    {
        var postgres = await PrivatePostgres.Start(folder, durable: false, ct);
        try
        {
            postgres.Folder.ShouldBe(Path.Combine(folder, "postgres"));
            (await Ask(postgres, "select 1")).ShouldBe(1);
            (await Ask(postgres, "show listen_addresses")).ShouldBe("");
        }
        finally
        {
            await postgres.Stop(CancellationToken.None);
        }
    }

    [Fact]
    public async Task keeps_what_it_holds_durable_unless_told_otherwise()
    {
        var postgres = await PrivatePostgres.Start(folder, ct: ct);
        try
        {
            (await Ask(postgres, "show fsync")).ShouldBe("on");
        }
        finally
        {
            await postgres.Stop(CancellationToken.None);
        }
    }

    [Fact]
    public async Task goes_where_it_can_from_a_folder_that_only_root_may_enter_and_is_found_there_again()
    {
        if (!Environment.IsPrivilegedProcess) return; // such a folder keeps us out too
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var first = await PrivatePostgres.Start(folder, durable: false, ct);
        elsewhere = first.Folder;
        await Ask(first, "create table kept as select 1 as n");
        await first.Stop(CancellationToken.None);
        File.SetUnixFileMode(folder, Open);
        var second = await PrivatePostgres.Start(folder, durable: false, ct);
        try
        {
            first.Folder.ShouldStartWith("/var/lib/dlcs/");
            second.Folder.ShouldBe(first.Folder);
            (await Ask(second, "select n from kept")).ShouldBe(1);
        }
        finally
        {
            await second.Stop(CancellationToken.None);
        }
    }

    [Fact]
    public async Task takes_over_a_database_that_a_killed_process_left_running()
    {
        await Ask(await PrivatePostgres.Start(folder, durable: false, ct), "create table kept as select 1 as n");
        var before = Postmaster();

        var postgres = await PrivatePostgres.Start(folder, durable: false, ct);
        try
        {
            Postmaster().ShouldBe(before);
            (await Ask(postgres, "select n from kept")).ShouldBe(1);
        }
        finally
        {
            await End(before);
        }
    }

    [Fact]
    public async Task starts_again_after_the_database_itself_was_killed()
    {
        var postgres = await PrivatePostgres.Start(folder, ct: ct);
        await Ask(postgres, "create table kept as select 1 as n");
        Process.GetProcessById(Postmaster()).Kill();

        postgres = await PrivatePostgres.Start(folder, ct: ct);
        try
        {
            (await Ask(postgres, "select n from kept")).ShouldBe(1);
        }
        finally
        {
            await End(Postmaster());
        }
    }

    [Fact]
    public async Task does_not_take_another_program_that_got_the_number_of_a_dead_database_for_it()
    {
        var postgres = await PrivatePostgres.Start(folder, durable: false, ct);
        var lockFile = Path.Combine(postgres.Folder, "cluster", "postmaster.pid");
        var text = await File.ReadAllTextAsync(lockFile, ct);
        await postgres.Stop(CancellationToken.None);
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(lockFile, own + text[text.IndexOf('\n', StringComparison.Ordinal)..], ct);

        postgres = await PrivatePostgres.Start(folder, durable: false, ct);
        try
        {
            (await Ask(postgres, "select 1")).ShouldBe(1);
        }
        finally
        {
            await postgres.Stop(CancellationToken.None);
        }
    }

    [Fact]
    public async Task is_shared_by_processes_and_stopped_by_the_last()
    {
        var one = await PrivatePostgres.Start(folder, durable: false, ct);
        var other = await PrivatePostgres.Start(folder, durable: false, ct);

        await one.Stop(CancellationToken.None);
        (await Ask(other, "select 1")).ShouldBe(1);

        await other.Stop(CancellationToken.None);
        File.Exists(Path.Combine(other.Folder, "cluster", "postmaster.pid")).ShouldBeFalse();
    }

    [Fact]
    public async Task finds_a_short_place_for_its_socket_when_the_path_is_long()
    {
        var deep = Path.Combine(folder, new string('d', 90));
        var postgres = await PrivatePostgres.Start(deep, durable: false, ct);
        elsewhere = postgres.Folder;
        try
        {
            (await Ask(postgres, "select 1")).ShouldBe(1);
        }
        finally
        {
            await postgres.Stop(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        if (elsewhere is not null && Directory.Exists(elsewhere)) Directory.Delete(elsewhere, recursive: true);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private int Postmaster() => int.Parse(
        File.ReadLines(Path.Combine(folder, "postgres", "cluster", "postmaster.pid")).First(),
        CultureInfo.InvariantCulture);

    private async Task End(int postmaster)
    {
        using var process = Process.GetProcessById(postmaster);
        process.Kill();
        await process.WaitForExitAsync(ct);
        await Task.Delay(500, ct); // its children write until they see that it is gone
    }

    private static async Task<object?> Ask(PrivatePostgres postgres, string query)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
