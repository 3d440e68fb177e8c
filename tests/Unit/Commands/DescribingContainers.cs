using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Dlcs.Unit.Commands;

/// <summary>What <c>ops/compose.yaml</c> and <c>ops/Dockerfile</c> say, as far as that shows without Docker.</summary>
public sealed partial class DescribingContainers
{
    private static readonly string Ops = Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(Here())!, "../../../ops"));

    private static readonly string Compose = File.ReadAllText(Path.Combine(Ops, "compose.yaml"));
    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(Ops, "Dockerfile"));

    [Fact]
    public void every_setting_that_they_give_is_one_of_the_table()
    {
        var told = Setting().Matches(File.ReadAllText(Path.Combine(Ops, "settings.md")));
        var blocks = Block().Matches(Compose).SelectMany(block => Member().Matches(block.Value));
        var environment = Dockerfile.Split('\n').Single(line => line.StartsWith("ENV ", StringComparison.Ordinal));
        var given = blocks.Concat(Inline().Matches(Compose)).Concat(Variable().Matches(environment))
            .Select(m => m.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)).Distinct()
            .Except(["DOTNET_EnableDiagnostics", "ASPNETCORE_HTTP_PORTS"]).ToList();

        given.ShouldContain("ConnectionStrings:Postgres");
        given.ShouldContain("S3:PathStyle");
        given.ShouldContain("Roles");
        given.ShouldContain("Listen");
        given.ShouldBeSubsetOf(told.Select(m => m.Groups[1].Value));
    }

    [Fact]
    public void every_image_is_of_one_version()
    {
        var images = Image().Matches(Compose).Concat(From().Matches(Dockerfile)).Select(m => m.Groups[1].Value)
            .Where(image => image is not "dlcs").ToList();

        images.Count.ShouldBeGreaterThan(6);
        images.ShouldAllBe(image => Pinned().IsMatch(image));
    }

    [Fact]
    public void the_program_runs_as_nobody_special_on_a_root_that_it_cannot_write()
    {
        Dockerfile.ShouldContain("\nUSER $APP_UID\n");
        Dockerfile.ShouldContain("\nHEALTHCHECK ");
        Compose.ShouldContain("read_only: true");
        Compose.ShouldContain("cap_drop: [ALL]");
    }

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex("`([A-Z][A-Za-z_0-9:]+)`")]
    private static partial Regex Setting();

    /// <summary>The two blocks of settings that services take up.</summary>
    [GeneratedRegex(@"^x-(?:settings|cluster): &\w+\n(?:  .*\n)+", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^  ([A-Z]\w+): ", RegexOptions.Multiline)]
    private static partial Regex Member();

    /// <summary>What a service sets of its own beside them.</summary>
    [GeneratedRegex(@"\{ <<: \*\w+, (\w+): ")]
    private static partial Regex Inline();

    [GeneratedRegex(@"(\w+)=\S*")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^ +image: (\S+)", RegexOptions.Multiline)]
    private static partial Regex Image();

    [GeneratedRegex(@"^FROM (\S+)", RegexOptions.Multiline)]
    private static partial Regex From();

    /// <summary>Such as 17.5, 24.10.5, 10.0.12-noble or RELEASE and a time.</summary>
    [GeneratedRegex(@":(?:\d+\.\d+(?:\.\d+)*(?:-\w+)?|RELEASE\.[-\dTZ]+)$")]
    private static partial Regex Pinned();
}
