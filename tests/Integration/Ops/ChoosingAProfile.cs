using System.Reflection;

namespace Dlcs.Integration.Ops;

/// <summary>What <c>ops/test --profile cluster</c> runs: all tests of EventStoreDB, of search engines, of S3.</summary>
public sealed class ChoosingAProfile
{
    private static readonly string[] Engines = ["EventStore", "ElasticImageIndex", "OpenSearch", "InS3", "Leader"];

    [Fact]
    public void every_test_of_an_engine_is_of_the_cluster()
    {
        var tests = typeof(ChoosingAProfile).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false }
                && t.GetMethods().Any(m => m.IsDefined(typeof(FactAttribute)))
                && t.Namespace is not "Dlcs.Integration.Journeys"
                && Engines.Any(engine => t.Name.Contains(engine, StringComparison.Ordinal)))
            .ToList();

        tests.Where(t => !t.GetCustomAttributes<TraitAttribute>().Any(a => (a.Name, a.Value) is ("profile", "cluster")))
            .ShouldBeEmpty();
        tests.Count.ShouldBeGreaterThan(8);
    }
}
