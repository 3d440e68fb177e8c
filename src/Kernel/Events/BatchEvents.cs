namespace Dlcs.Kernel.Events;

public interface IBatchEvent : IEvent
{
    int Batch { get; }

    int Customer { get; }
}

/// <summary>A part of a batch; without <see cref="BatchSubmitted"/> it counts for nothing.</summary>
public sealed record BatchMembersAdded(int Batch, int Customer, IReadOnlyList<ImageDescription> Members) : IBatchEvent;

/// <summary>The batch exists from here on. What each member's stream gets follows from it, whatever crashes.</summary>
/// <param name="Count">Members, over all parts.</param>
/// <param name="Priority">Goes before other work.</param>
public sealed record BatchSubmitted(int Batch, int Customer, int Count, bool Priority = false) : IBatchEvent;
