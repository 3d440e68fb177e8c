using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Read;

[Trait("profile", "cluster")]
public sealed class KeepingIndicesInElasticsearch(Postgres postgres, Elasticsearch engine)
    : KeepingIndices(postgres, engine);
