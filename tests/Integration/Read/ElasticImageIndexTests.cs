using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Read;

[Trait("profile", "cluster")]
public sealed class ElasticImageIndexTests(Postgres postgres, Elasticsearch engine)
    : EngineImageIndexTests(postgres, engine);
