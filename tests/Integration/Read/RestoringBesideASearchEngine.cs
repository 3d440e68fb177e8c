using Dlcs.Integration.Log;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;
using Npgsql;

namespace Dlcs.Integration.Read;

/// <summary>
/// Log and checkpoints come out of an older backup, the search engine does not: it holds what the log has lost, under
/// positions that other events get.
/// </summary>
[Trait("profile", "cluster")]
public sealed class RestoringBesideASearchEngine(Postgres postgres, Elasticsearch engine)
    : BesideASearchEngine(postgres, engine)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public async Task stops_the_view_that_holds_lost_events(int others)
    {
        await Library.Shown(await Library.Fill(1));
        var backup = await Library.Images();
        await Library.Shown(await Library.Append(Id(0), new ImageDescribed(Id(0), String1: "lost")));
        await Library.Shown(await Library.Fill(1, from: 1));

        await Library.Projected.Restart(async () =>
        {
            await Restore(backup);
            for (var n = 0; n < others; n++)
                await Library.Append(Id(0), new ImageDescribed(Id(0), String1: $"other {n}"));
        });

        var reason = await Library.Parked();
        reason.ShouldContain("older backup");
        reason.ShouldEndWith("rebuild it: dlcs rebuild images");

        (await Library.Projected.Rebuild(views: "images")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();
        var image = (await Library.Projected.Images.Query(new(2, [], []), Ct)).Images.ShouldHaveSingleItem();
        image.Image.String1.ShouldBe(others is 0 ? "book" : $"other {others - 1}");
    }

    [Fact]
    public async Task goes_on_where_only_the_checkpoint_is_older()
    {
        await Library.Shown(await Library.Fill(1));
        var before = await Library.Images();
        await Library.Shown(await Library.Append(Id(0), new ImageDescribed(Id(0), String1: "kept")));
        await Library.Shown(await Library.Fill(1, from: 1));

        await Library.Projected.Restart(() => Rewind(before));
        await Library.Shown(await Library.Append(Id(1), new ImageDescribed(Id(1), String1: "later")));

        (await Library.Images()).Parked.ShouldBeNull();
        await Library.MustEqualAReplay();
    }

    private static Kernel.ImageId Id(int number) => Some.Id($"{number:D6}");

    private async Task Restore(Generation backup)
    {
        await using var database = NpgsqlDataSource.Create(Library.Projected.ConnectionString);
        await RestorableLog.Restore(database, backup.Position);
        await Rewind(backup);
    }

    private Task Rewind(Generation to) => Library.Projected.Sql(FormattableString.Invariant($"""
        update dlcs_read.generations set position = {to.Position.Value}, shown = {to.Position.Value},
            digest = '\x{to.Digest}', last = '{to.Last}', last_for = {to.Position.Value}
        where view = 'images'
        """));
}
