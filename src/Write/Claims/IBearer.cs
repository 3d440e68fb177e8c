using Dlcs.Kernel.Events;

namespace Dlcs.Write.Claims;

/// <summary>An aggregate that bears names.</summary>
public interface IBearer
{
    /// <summary>Whether the event that this claim was made for is in its stream.</summary>
    bool Saw(Guid claim);

    /// <summary>Whether it bears, now and by this claim, the name of that claim stream.</summary>
    bool Bears(StreamName name, Guid claim);

    /// <summary>Whether the event can still come next. Once it cannot, it never can.</summary>
    /// <remarks>A deleted space that is reopened claims its name anew.</remarks>
    bool Takes(IEvent then);
}
