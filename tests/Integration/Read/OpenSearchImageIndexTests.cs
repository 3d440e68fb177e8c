using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Read;

[Trait("profile", "cluster")]
public sealed class OpenSearchImageIndexTests(Postgres postgres, OpenSearch engine)
    : EngineImageIndexTests(postgres, engine);
