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

/// <summary>
/// Members whose images were registered, described or deleted by others after the batch was submitted and before it
/// came to them: what was said later holds, and they get no registration of this batch.
/// </summary>
/// <param name="Members">Their places in the batch, from 0.</param>
public sealed record BatchMembersPassedOver(int Batch, int Customer, IReadOnlyList<int> Members) : IBatchEvent;
