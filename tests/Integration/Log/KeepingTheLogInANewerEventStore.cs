using Dlcs.Integration.Log.Loopback;

namespace Dlcs.Integration.Log;

/// <summary>As 24.10 speaks, and without what some servers leave out.</summary>
[Trait("profile", "cluster")]
public sealed class KeepingTheLogInANewerEventStore(NewerEventStoreServer server)
    : EventStoreContract(server), IClassFixture<NewerEventStoreServer>;

public sealed class NewerEventStoreServer : EventStoreServer
{
    private protected override LoopbackOptions Like =>
        new() { Version = "24.10.14", TellsPositionsInStreams = false, Chatters = true };
}
