using Dlcs.Integration.Read;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;

namespace Dlcs.Integration.Ops;

public sealed class RebuildingBesideARebuild(Postgres postgres) : IDisposable
{
    private readonly DataFolder folder = new();

    [Fact]
    public async Task is_told_that_another_goes_on()
    {
        await using var projected = await Projected.Start(postgres);
        await projected.Happen(StreamName.Batch(7), new BatchSubmitted(7, 2, 3));
        await using var other = await Generations.RebuildAlone(projected.Store, TestContext.Current.CancellationToken);

        var (exit, said) = await RunningOps.Run(
            folder.Path, "env", $"ConnectionStrings__Postgres={projected.ConnectionString}",
            "dotnet", Path.Combine(AppContext.BaseDirectory, "dlcs.dll"), "rebuild");

        exit.ShouldBe(1, said);
        said.ShouldContain("Another rebuild is going on");
        said.ShouldNotContain("   at "); // no stack
    }

    public void Dispose() => folder.Dispose();
}
