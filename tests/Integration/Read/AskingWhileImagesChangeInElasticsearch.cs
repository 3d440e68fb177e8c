using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Read;

[Trait("profile", "cluster")]
public sealed class AskingWhileImagesChangeInElasticsearch(Postgres postgres, Elasticsearch engine)
    : AskingWhileImagesChange(postgres, engine);
