using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Log;

public sealed class KeepingTheLogInEventStore(EventStoreServer server)
    : LogContract, IClassFixture<EventStoreServer>
{
    protected override IEventStore Open(string prefix) => server.Open(prefix);

    protected override Task AppendForeign(string prefix, StreamName stream, SealedEvent e) =>
        server.AppendPastTheAdapter(prefix, stream, e, Ct);

    /// <summary>It knows no such thing.</summary>
    protected override Task AppendAndRollBack(string prefix, CancellationToken ct) => Task.Delay(5, ct);

    protected override Task BreakConnections() => server.BreakConnections();
}
