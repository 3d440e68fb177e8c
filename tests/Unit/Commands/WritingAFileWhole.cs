using Dlcs.Host;

namespace Dlcs.Unit.Commands;

public sealed class WritingAFileWhole : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-whole-").FullName;

    private string FilePath => Path.Combine(folder, "file");

    [Fact]
    public void replaces_what_was_there_and_keeps_it_to_its_owner()
    {
        File.WriteAllText(FilePath, "what was there, which is longer");

        WholeFile.Write(FilePath, "ein Schlüssel\n");

        File.ReadAllBytes(FilePath).ShouldBe("ein Schlüssel\n"u8.ToArray());
        File.GetUnixFileMode(FilePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(folder).ShouldBe([FilePath]);
    }

    [Fact]
    public void replaces_a_link_and_leaves_what_it_leads_to()
    {
        var other = Path.Combine(folder, "other");
        File.WriteAllText(other, "other");
        File.CreateSymbolicLink(FilePath, other);

        WholeFile.Write(FilePath, "text");

        File.ReadAllText(other).ShouldBe("other");
        File.ReadAllText(FilePath).ShouldBe("text");
    }

    [Fact]
    public void leaves_nothing_behind_when_it_fails()
    {
        Directory.CreateDirectory(FilePath); // no file can take its place

        Should.Throw<Exception>(() => WholeFile.Write(FilePath, "text"))
            .ShouldSatisfyAllConditions(e => (e is IOException or UnauthorizedAccessException).ShouldBeTrue());

        Directory.GetFileSystemEntries(folder).ShouldBe([FilePath]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
