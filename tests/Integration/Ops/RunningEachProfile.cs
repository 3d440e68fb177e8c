namespace Dlcs.Integration.Ops;

/// <summary>What <c>ops/test</c> runs, with a <c>dotnet</c> that is acted.</summary>
[Trait("profile", "cluster")] // which installs what that profile needs
public sealed class RunningEachProfile : IDisposable
{
    private const string Unit = "Dlcs.Unit.dll";
    private const string Local = "Dlcs.Integration.dll -trait- profile=cluster -maxThreads 2x";
    private const string Engines = "Dlcs.Integration.dll -trait profile=cluster";

    /// <summary>Every journey once more, on the other stores.</summary>
    private const string Journeys = "cluster Dlcs.Integration.dll -trait- profile=cluster "
        + "-namespace Dlcs.Integration.Journeys -namespace Dlcs.Integration.Apart";

    private readonly DataFolder folder = new();

    [Theory]
    [InlineData("local", Unit, Local)]
    [InlineData("cluster", Engines, Journeys)]
    [InlineData("all", Unit, Local, Engines, Journeys)]
    public async Task runs_its_suites_and_the_journeys_of_each_on_its_own_stores(string profile, params string[] suites)
    {
        await RunningOps.Run(folder.Path, ActedDotnet.Tests(folder, $$"""
            case $1 in *.dll) ;; *) exit 0 ;; esac
            name=${1##*/}
            while [ "$1" != -result-xml ]; do shift; done
            shift 2
            echo $DLCS_TEST_PROFILE $name "$@" >> {{folder.Path}}/asked
            """, "--profile", profile));

        (await File.ReadAllLinesAsync(Path.Combine(folder.Path, "asked"), TestContext.Current.CancellationToken))
            .ShouldBe(suites);
    }

    [Fact]
    public void the_build_machine_runs_all_and_lets_none_be_left_out() =>
        File.ReadAllText(Path.Combine(RunningOps.Root, ".ci/run")).ShouldContain("ops/test --profile all --complete");

    public void Dispose() => folder.Dispose();
}
