using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Read.NamedQueries;

namespace Dlcs.Integration.Read;

/// <summary>A customer uses its own named queries, and those that are for all.</summary>
public sealed class UsingNamedQueries(Postgres postgres) : IAsyncLifetime
{
    private Projected projected = null!;
    private Position first;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        projected = await Projected.Start(postgres);
        first = await Define(4, "book", "of four", global: true);
        await Define(1, "book", "of all", global: true);
        await Define(1, "mine", "of one alone");
        await Define(2, "book", "of two");
    }

    public ValueTask DisposeAsync() => projected.DisposeAsync();

    [Theory]
    [InlineData(2, "book", "of two")] // its own before the one for all
    [InlineData(4, "book", "of four")]
    [InlineData(3, "book", "of all")] // of two for all the one of the lower number
    [InlineData(1, "mine", "of one alone")]
    [InlineData(3, "mine", null)]
    [InlineData(3, "Book", null)]
    public async Task finds_by_name(int customer, string name, string? template)
    {
        var found = await NamedQueryQueries.Find(customer, name, null, projected.Views, Ct);

        (found?.Template).ShouldBe(template);
    }

    [Fact]
    public async Task finds_what_was_for_all_then() =>
        (await NamedQueryQueries.Find(3, "book", first, projected.Views, Ct))
            .ShouldNotBeNull().Template.ShouldBe("of four");

    private Task<Position> Define(int customer, string name, string template, bool global = false) => projected.Happen(
        StreamName.NamedQuery(customer, name),
        new NamedQueryDefined(customer, Guid.CreateVersion7(), name, template, global));
}
