using Dlcs.Integration.Servers;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Postgres;

namespace Dlcs.Integration.Read;

/// <summary>The contract where two images are many already: pages are read off the indexes of their orders.</summary>
public sealed class PostgresImageIndexOfManyTests(Postgres postgres) : ImageIndexContract(postgres)
{
    private protected override IImageIndex Asked(Projected projected) =>
        new PostgresImageIndex(projected.Store) { Few = 1 };
}
