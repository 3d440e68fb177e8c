using Dlcs.Integration.Servers;
using Dlcs.Read.Images;

namespace Dlcs.Integration.Read;

public sealed class PostgresImageIndexTests(Postgres postgres) : ImageIndexContract(postgres)
{
    private protected override IImageIndex Of(Projected all) => all.Images;
}
