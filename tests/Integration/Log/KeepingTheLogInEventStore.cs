namespace Dlcs.Integration.Log;

[Trait("profile", "cluster")]
public sealed class KeepingTheLogInEventStore(EventStoreServer server)
    : EventStoreContract(server), IClassFixture<EventStoreServer>;
