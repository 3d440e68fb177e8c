using System.Reflection;
using Dlcs.Integration.Servers;

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

    /// <summary>A test can be skipped; what it shares with others can only fail when it is to start.</summary>
    [Fact]
    public void nothing_that_tests_share_asks_for_an_engine_at_its_start()
    {
        Type[] engines = [typeof(Elasticsearch), typeof(OpenSearch), typeof(Ceph), typeof(Stores)];
        var shared = typeof(ChoosingAProfile).Assembly.GetTypes().SelectMany(t => t.GetInterfaces())
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IClassFixture<>))
            .Select(i => i.GetGenericArguments()[0]).Distinct()
            .Where(t => t.GetConstructors().Single().GetParameters().Any(p => engines.Contains(p.ParameterType)))
            .ToList();

        shared.ShouldContain(typeof(BadDays.Ward));
        shared.ShouldAllBe(t => !t.IsAssignableTo(typeof(IAsyncLifetime)));
    }
}
