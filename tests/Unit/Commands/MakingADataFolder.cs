using Dlcs.Host;
using Dlcs.Host.Commands;

namespace Dlcs.Unit.Commands;

/// <summary>What is kept may be closed to the public: other users of the machine are the public, too.</summary>
public sealed class MakingADataFolder : IDisposable
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly string root = Directory.CreateTempSubdirectory("dlcs-data-").FullName;

    private HostSettings Settings => new()
    {
        Data = Path.Combine(root, "data"),
        Storage = Path.Combine(root, "data", "storage"),
    };

    [Fact]
    public void shows_other_users_nothing_of_it()
    {
        DataFolder.Prepare(Settings);

        foreach (var folder in (string[])["", "storage", "uploads", "work"])
            (File.GetUnixFileMode(Path.Combine(Settings.Data, folder)) & Others).ShouldBe(UnixFileMode.None);
        Directory.EnumerateFiles(Settings.Data).ShouldBeEmpty();
    }

    [Fact]
    public void lets_only_who_runs_the_database_for_root_pass_through()
    {
        DataFolder.Prepare(Settings);

        (File.GetUnixFileMode(Settings.Data) & UnixFileMode.OtherExecute)
            .ShouldBe(Environment.IsPrivilegedProcess ? UnixFileMode.OtherExecute : UnixFileMode.None);
    }

    [Fact]
    public void leaves_one_that_is_there_as_it_is()
    {
        const UnixFileMode open = (UnixFileMode)0b111_101_101;
        Directory.CreateDirectory(Settings.Data);
        File.SetUnixFileMode(Settings.Data, open);

        DataFolder.Prepare(Settings);

        File.GetUnixFileMode(Settings.Data).ShouldBe(open);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
