namespace Dlcs.Kernel.Events;

// What the log keeps. Add a field or a type; never rename or remove one.

public interface ICustomerEvent : IEvent
{
    int Customer { get; }
}

/// <param name="Claim">The claim on its name that this completes.</param>
/// <param name="Administrator">May act for every customer.</param>
public sealed record CustomerCreated(
    int Customer, Guid Claim, string Name, string DisplayName, bool Administrator = false) : ICustomerEvent;

public sealed record CustomerRenamed(int Customer, Guid Claim, string DisplayName) : ICustomerEvent;

/// <param name="SecretHash">SHA-256 of the random secret, in lower-case hex. The secret itself is nowhere.</param>
public sealed record KeyIssued(int Customer, Guid Key, string SecretHash) : ICustomerEvent;

public sealed record KeyRevoked(int Customer, Guid Key) : ICustomerEvent;
