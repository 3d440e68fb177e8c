using Dlcs.Host;

namespace Dlcs.Unit.Commands;

public sealed class KeepingTheAdminsKey : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-key-").FullName;

    private string FilePath => Path.Combine(folder, AdminKey.FileName);

    [Fact]
    public void gives_back_what_was_kept()
    {
        var key = AdminKey.New(TimeProvider.System);
        key.Keep(folder);

        AdminKey.Kept(folder).ShouldBe(key);
    }

    [Fact]
    public void keeps_a_secret_of_any_letters_as_it_is()
    {
        var key = AdminKey.New(TimeProvider.System) with { Secret = "ein Schlüssel für später" };
        key.Keep(folder);

        AdminKey.Kept(folder).ShouldBe(key);
        File.ReadAllBytes(FilePath)[0].ShouldBe((byte)key.Credentials[0]); // no mark of the byte order
    }

    [Fact]
    public void lets_only_its_owner_read_it_also_when_it_is_kept_again()
    {
        AdminKey.New(TimeProvider.System).Keep(folder);
        AdminKey.New(TimeProvider.System).Keep(folder);

        File.GetUnixFileMode(FilePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(folder).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-key:secret")]
    [InlineData("22d85624-0000-0000-0000-000000000000:")]
    public void takes_a_file_that_holds_no_key_for_none(string text)
    {
        File.WriteAllText(FilePath, text);

        AdminKey.Kept(folder).ShouldBeNull();
    }

    [Fact]
    public void does_not_show_the_secret_where_a_record_is_printed()
    {
        var key = AdminKey.New(TimeProvider.System);
        var settings = new HostSettings
        {
            Data = folder,
            Storage = folder,
            AdminKey = key,
            Postgres = "Host=x;Password=sesame",
        };

        key.ToString().ShouldNotContain(key.Secret);
        settings.ToString().ShouldNotContain(key.Secret);
        settings.ToString().ShouldNotContain("sesame");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
