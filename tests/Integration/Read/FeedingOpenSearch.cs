using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Read;

[Trait("profile", "cluster")]
public sealed class FeedingOpenSearch(Postgres postgres, OpenSearch engine)
    : FeedingASearchEngine(postgres, engine);
