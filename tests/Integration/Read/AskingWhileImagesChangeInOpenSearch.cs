using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Read;

[Trait("profile", "cluster")]
public sealed class AskingWhileImagesChangeInOpenSearch(Postgres postgres, OpenSearch engine)
    : AskingWhileImagesChange(postgres, engine);
