using Dlcs.Host.Embedded;

namespace Dlcs.Unit.Commands;

public sealed class ChoosingAPostgres
{
    private static readonly PostgresBinaries Newer = new("/usr/lib/postgresql/17/bin");
    private static readonly PostgresBinaries Older = new("/usr/lib/postgresql/15/bin");

    [Fact]
    public void takes_the_newest_for_a_new_cluster() =>
        PostgresBinaries.Choose(null, [Newer, Older]).ShouldBe(Newer);

    [Fact]
    public void takes_the_version_that_made_the_cluster() =>
        PostgresBinaries.Choose("15", [Newer, Older]).ShouldBe(Older);

    [Fact]
    public void says_what_to_install_when_there_is_none() =>
        Should.Throw<PostgresMissingException>(() => PostgresBinaries.Choose(null, []))
            .Message.ShouldContain("apt-get install postgresql");

    [Fact]
    public void says_which_version_to_install_when_the_cluster_needs_another() =>
        Should.Throw<PostgresMissingException>(() => PostgresBinaries.Choose("14", [Newer, Older]))
            .Message.ShouldContain("postgresql-14");
}
