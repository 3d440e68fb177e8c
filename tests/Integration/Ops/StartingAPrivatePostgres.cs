using Dlcs.Host.Embedded;

namespace Dlcs.Integration.Ops;

public sealed class StartingAPrivatePostgres : IDisposable
{
    private readonly DataFolder folder = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task lives_in_the_data_folder_where_its_user_may_enter_it()
    {
        var postgres = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        try
        {
            postgres.Folder.ShouldBe(Path.Combine(folder.Path, "postgres"));
            (await DataFolder.Ask(postgres, "select 1")).ShouldBe(1);
            (await DataFolder.Ask(postgres, "show listen_addresses")).ShouldBe("");
        }
        finally
        {
            await postgres.Stop(CancellationToken.None);
        }
    }

    [Fact]
    public async Task lets_nobody_in_by_the_network_whatever_it_listens_on()
    {
        var postgres = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        await postgres.Stop(CancellationToken.None);

        var rules = File.ReadLines(Path.Combine(postgres.Folder, "cluster", "pg_hba.conf"))
            .Where(line => line.StartsWith("host ", StringComparison.Ordinal)).ToList();
        rules.ShouldNotBeEmpty();
        rules.ShouldAllBe(line => line.EndsWith(" reject", StringComparison.Ordinal));
    }

    [Fact]
    public async Task keeps_what_it_holds_durable_unless_told_otherwise()
    {
        var postgres = await PrivatePostgres.Start(folder.Path, ct: ct);
        try
        {
            (await DataFolder.Ask(postgres, "show fsync")).ShouldBe("on");
        }
        finally
        {
            await postgres.Stop(CancellationToken.None);
        }
    }

    [Fact]
    public async Task goes_where_it_can_from_a_folder_that_only_root_may_enter_and_is_found_there_again()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root has a folder that only root may enter");
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var first = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        folder.Elsewhere = first.Folder;
        await DataFolder.Ask(first, "create table kept as select 1 as n");
        await first.Stop(CancellationToken.None);
        File.SetUnixFileMode(folder.Path, DataFolder.Open);
        var second = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        try
        {
            first.Folder.ShouldStartWith("/var/lib/dlcs/");
            second.Folder.ShouldBe(first.Folder);
            (await DataFolder.Ask(second, "select n from kept")).ShouldBe(1);
        }
        finally
        {
            await second.Stop(CancellationToken.None);
        }
    }

    [Fact]
    public async Task is_shared_by_processes_and_stopped_by_the_last()
    {
        var one = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        var other = await PrivatePostgres.Start(folder.Path, durable: false, ct);

        await one.Stop(CancellationToken.None);
        (await DataFolder.Ask(other, "select 1")).ShouldBe(1);

        await other.Stop(CancellationToken.None);
        File.Exists(Path.Combine(other.Folder, "cluster", "postmaster.pid")).ShouldBeFalse();
    }

    [Fact]
    public async Task finds_a_short_place_for_its_socket_when_the_path_is_long()
    {
        var deep = Path.Combine(folder.Path, new string('d', 90));
        var postgres = await PrivatePostgres.Start(deep, durable: false, ct);
        folder.Elsewhere = postgres.Folder;
        try
        {
            (await DataFolder.Ask(postgres, "select 1")).ShouldBe(1);
        }
        finally
        {
            await postgres.Stop(CancellationToken.None);
        }
    }

    [Fact]
    public async Task writes_its_settings_again_and_keeps_the_database_when_they_are_gone()
    {
        var first = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        await DataFolder.Ask(first, "create table kept as select 1 as n");
        await first.Stop(CancellationToken.None);
        File.Delete(Path.Combine(first.Folder, "cluster", "dlcs.conf"));

        var second = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        try
        {
            (await DataFolder.Ask(second, "select n from kept")).ShouldBe(1);
        }
        finally
        {
            await second.Stop(CancellationToken.None);
        }
    }

    [Fact]
    public async Task deletes_nothing_that_may_be_a_database()
    {
        var first = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        await first.Stop(CancellationToken.None);
        foreach (var name in (string[])["PG_VERSION", "dlcs.conf"])
            File.Delete(Path.Combine(first.Folder, "cluster", name));

        (await Should.ThrowAsync<IOException>(() => PrivatePostgres.Start(folder.Path, durable: false, ct)))
            .Message.ShouldContain("PG_VERSION");

        File.Exists(Path.Combine(first.Folder, "cluster", "global", "pg_control")).ShouldBeTrue();
    }

    [Fact]
    public async Task begins_anew_where_a_crash_left_half_a_database()
    {
        var half = Directory.CreateDirectory(Path.Combine(folder.Path, "postgres", "cluster.new")).FullName;
        await File.WriteAllTextAsync(Path.Combine(half, "PG_VERSION"), "half", ct);
        if (Environment.IsPrivilegedProcess)
            (await RunningOps.Run("/", "chown", "-R", "postgres:", Path.GetDirectoryName(half)!)).ShouldBe((0, ""));

        var postgres = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        await postgres.Stop(CancellationToken.None);

        Directory.Exists(half).ShouldBeFalse();
    }

    [Fact]
    public async Task leaves_nothing_running_when_it_is_interrupted()
    {
        var first = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        await first.Stop(CancellationToken.None);
        var running = Path.Combine(first.Folder, "cluster", "postmaster.pid");

        for (var tries = 1; !await IsInterrupted(running); tries++)
            tries.ShouldBeLessThan(3, "it had always started before it was interrupted");

        File.Exists(running).ShouldBeFalse();
    }

    [Fact]
    public async Task is_stopped_when_it_has_stopped_by_itself()
    {
        var postgres = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        var running = Path.Combine(postgres.Folder, "cluster", "postmaster.pid");
        var (exit, said) = await RunningOps.Run("/", "sh", "-c", $"kill -INT $(head -n1 {running})");
        exit.ShouldBe(0, said);
        while (File.Exists(running)) await Task.Delay(50, ct);

        await Should.NotThrowAsync(() => postgres.Stop(CancellationToken.None));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Interrupts a start as soon as something runs.</summary>
    /// <returns><c>false</c>: it had started all the same, and is stopped.</returns>
    private async Task<bool> IsInterrupted(string running)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var starting = PrivatePostgres.Start(folder.Path, durable: false, interrupt.Token);
        while (!File.Exists(running) && !starting.IsCompleted) await Task.Delay(1, ct);
        await interrupt.CancelAsync();
        try
        {
            await (await starting).Stop(CancellationToken.None);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
