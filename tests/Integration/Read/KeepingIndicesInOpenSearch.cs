using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Read;

[Trait("profile", "cluster")]
public sealed class KeepingIndicesInOpenSearch(Postgres postgres, OpenSearch engine)
    : KeepingIndices(postgres, engine);
