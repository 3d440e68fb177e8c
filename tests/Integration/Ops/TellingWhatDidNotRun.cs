namespace Dlcs.Integration.Ops;

/// <summary>What <c>ops/test</c> says at its end, of reports as xUnit writes them.</summary>
public sealed class TellingWhatDidNotRun : IDisposable
{
    private const string Engine = "there is no elasticsearch: DLCS_TEST_SERVERS=FOLDER ops/test runs this";
    private const string Store = "S3 was not tried: apt-get install radosgw";

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task names_the_tests_and_what_makes_them_run()
    {
        var (exit, said) = await OpsTest(
            Report(Passed("Unit.A")),
            Report(Skipped("Read.B", Engine), Passed("Read.B"), Skipped("Read.C", Engine), Skipped("Read.C", Engine),
                Skipped("Log.D", Store, cdata: true)));

        exit.ShouldBe(0, said);
        said.ShouldEndWith($"""
            4 tests did not run:
              {Store}:
                1 of Log.D
              {Engine}:
                1 of Read.B
                2 of Read.C
            2 passed, 0 failed

            """);
    }

    [Fact]
    public async Task fails_for_them_where_all_are_to_run()
    {
        var (exit, said) = await OpsTest(Report(Passed("Unit.A")), Report(Skipped("Read.B", Engine)), "--complete");

        exit.ShouldBe(1, said);
        said.ShouldEndWith($"1 tests did not run:\n  {Engine}:\n    1 of Read.B\n1 passed, 0 failed\n");
    }

    [Fact]
    public async Task says_nothing_of_them_where_all_ran()
    {
        var (exit, said) = await OpsTest(Report(Passed("Unit.A")), Report(Passed("Read.B")), "--complete");

        exit.ShouldBe(0, said);
        said.ShouldEndWith("local …\n2 passed, 0 failed\n");
    }

    [Fact]
    public async Task fails_where_a_suite_holds_no_test()
    {
        var (exit, said) = await OpsTest(Report(Passed("Unit.A")), Report());

        exit.ShouldBe(1, said);
        said.ShouldEndWith("local: no test ran\n1 passed, 0 failed\n");
    }

    private async Task<(int Exit, string Said)> OpsTest(string unit, string local, params string[] options)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "Dlcs.Unit.dll"), unit);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "Dlcs.Integration.dll"), local);
        return await RunningOps.Run(folder.Path, ActedDotnet.Tests(folder, """
            case $1 in *.dll) ;; *) exit 0 ;; esac
            report=${1##*/}
            while [ "$1" != -result-xml ]; do shift; done
            cp "$report" "$2"
            """, options));
    }

    private static string Report(params string[] tests)
    {
        var skipped = tests.Count(test => test.Contains("\"Skip\"", StringComparison.Ordinal));
        return $"""
            <assemblies schema-version="3"><assembly name="T.dll" test-framework="xUnit.net v3" errors="0" failed="0"
            """ + $" passed=\"{tests.Length - skipped}\" skipped=\"{skipped}\" total=\"{tests.Length}\">"
            + $"<collection name=\"Some\">{string.Concat(tests)}</collection></assembly></assemblies>";
    }

    private static string Passed(string type) =>
        $"""<test name="{type}.does" result="Pass" time="0.366" type="{type}" method="does" />""";

    private static string Skipped(string type, string reason, bool cdata = false) =>
        $"""<test name="{type}.does" result="Skip" time="0" type="{type}" method="does"><traits></traits>"""
        + $"<reason>{(cdata ? $"<![CDATA[{reason}]]>" : reason)}</reason></test>";
}
