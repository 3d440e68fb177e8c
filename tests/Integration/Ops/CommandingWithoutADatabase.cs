using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Ops;

/// <summary>What is not there is said in one sentence, with what to do.</summary>
public sealed class CommandingWithoutADatabase(Postgres postgres) : IDisposable
{
    private readonly DataFolder folder = new();

    [Theory]
    [InlineData("views")]
    [InlineData("rebuild")]
    [InlineData("sweep")]
    public async Task is_told_when_it_does_not_answer(string command)
    {
        var said = await Fails(command, "Host=127.0.0.1;Port=1;Database=dlcs;Username=dlcs;Password=sesame");

        said.ShouldStartWith("PostgreSQL");
        said.ShouldContain("127.0.0.1:1");
        said.ShouldContain("ConnectionStrings:Postgres");
        said.ShouldNotContain("sesame");
    }

    [Theory]
    [InlineData("views")]
    [InlineData("rebuild")]
    public async Task is_told_when_no_host_has_made_the_views_yet(string command) =>
        (await Fails(command, await postgres.NewDatabase())).ShouldContain("ops/run");

    public void Dispose() => folder.Dispose();

    /// <returns>The one line that it says.</returns>
    private async Task<string> Fails(string command, string database)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "dlcs.dll");
        var (exit, said) = await RunningOps.Run(
            folder.Path, "env", $"ConnectionStrings__Postgres={database}", "dotnet", program, command);

        exit.ShouldBe(1, said);
        return said.Trim().Split('\n').ShouldHaveSingleItem();
    }
}
