using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Read;

public sealed class PostgresImageIndexTests(Postgres postgres) : ImageIndexContract(postgres);
