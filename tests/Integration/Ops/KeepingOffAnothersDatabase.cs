using Dlcs.Host.Embedded;

namespace Dlcs.Integration.Ops;

/// <summary>Root may change whatever it wants: a database that runs as another user stays as it is.</summary>
public sealed class KeepingOffAnothersDatabase : IDisposable
{
    private readonly DataFolder folder = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    private string Place => Path.Combine(folder.Path, "postgres");

    public KeepingOffAnothersDatabase() =>
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may change what is another user's");

    [Fact]
    public async Task refuses_before_anything_is_changed()
    {
        await Make("cluster", "nobody:");
        var before = await State();

        var refused = await Should.ThrowAsync<IOException>(() => PrivatePostgres.Start(folder.Path, false, ct));

        refused.Message.ShouldBe($"The database in {Place} belongs to nobody: start as that user.");
        (await State()).ShouldBe(before);
    }

    [Fact]
    public async Task refuses_a_folder_that_another_user_has_begun()
    {
        await Make("run", "nobody:");
        var before = await State();

        (await Should.ThrowAsync<IOException>(() => PrivatePostgres.Start(folder.Path, false, ct)))
            .Message.ShouldContain("belongs to nobody");

        (await State()).ShouldBe(before);
    }

    [Fact]
    public async Task takes_an_empty_folder_that_was_made_for_it()
    {
        Directory.CreateDirectory(Place);

        var postgres = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        await postgres.Stop(CancellationToken.None);

        postgres.Folder.ShouldBe(Place);
    }

    [Fact]
    public async Task follows_no_link_that_the_databases_user_made_where_settings_are()
    {
        var first = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        await first.Stop(CancellationToken.None);
        var mine = Path.Combine(folder.Path, "mine");
        await File.WriteAllTextAsync(mine, "mine", ct);
        File.SetUnixFileMode(mine, UnixFileMode.UserRead);
        var settings = Path.Combine(Place, "cluster", "dlcs.conf");
        File.Delete(settings);
        File.CreateSymbolicLink(settings, mine);

        var postgres = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        await postgres.Stop(CancellationToken.None);

        (await File.ReadAllTextAsync(mine, ct)).ShouldBe("mine");
        File.GetUnixFileMode(mine).ShouldBe(UnixFileMode.UserRead);
    }

    [Theory]
    [InlineData("turn")]
    [InlineData("use")]
    public async Task makes_no_file_where_such_a_link_leads(string name)
    {
        var first = await PrivatePostgres.Start(folder.Path, durable: false, ct);
        await first.Stop(CancellationToken.None);
        var mine = Path.Combine(folder.Path, "mine");
        File.Delete(Path.Combine(Place, name));
        File.CreateSymbolicLink(Path.Combine(Place, name), mine);

        await Should.ThrowAsync<IOException>(() => PrivatePostgres.Start(folder.Path, durable: false, ct));

        File.Exists(mine).ShouldBeFalse();
        File.Exists(Path.Combine(Place, "cluster", "postmaster.pid")).ShouldBeFalse();
    }

    public void Dispose() => folder.Dispose();

    private async Task Make(string inside, string owner) => (await RunningOps.Run(
        folder.Path, "bash", "-c", $"mkdir -p postgres/{inside} && chmod 755 postgres && chown -R {owner} postgres"))
        .ShouldBe((0, ""));

    /// <summary>Each file, whose it is and who may do what with it.</summary>
    private async Task<string> State() =>
        (await RunningOps.Run(folder.Path, "bash", "-c", "find . -printf '%p %U %G %m\\n' | sort")).Said;
}
