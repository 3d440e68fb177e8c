using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Read;

[Trait("profile", "cluster")]
public sealed class FeedingElasticsearch(Postgres postgres, Elasticsearch engine)
    : FeedingASearchEngine(postgres, engine);
