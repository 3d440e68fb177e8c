using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Dlcs.Unit.Commands;

public sealed partial class DocumentingSettings
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    [Fact]
    public void each_that_is_read_stands_in_the_table_and_no_other()
    {
        var sources = Path.Combine(Root, "src/Host");
        var read = Directory.EnumerateFiles(sources, "*Settings*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Read().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value).Distinct().ToList();
        var told = File.ReadLines(Path.Combine(Root, "ops/settings.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Named().Matches(line.Split('|')[1]))
            .Select(match => match.Groups[1].Value).ToList();

        read.Count.ShouldBeGreaterThan(20);
        told.ShouldBe(read, ignoreOrder: true);
    }

    private static string Here([CallerFilePath] string file = "") => file;

    /// <summary>A name where a setting is read.</summary>
    [GeneratedRegex(@"(?:Text|Number|Flag|Base|Folder|Port|Checksums)\(\s*from, ""([A-Za-z_0-9:]+)""")]
    private static partial Regex Read();

    [GeneratedRegex("`([A-Z][A-Za-z_0-9:]+)`")]
    private static partial Regex Named();
}
