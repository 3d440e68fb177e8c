using Dlcs.Kernel.Events;

namespace Dlcs.Read;

/// <summary>A document kept by folding events. Pure: loading, storing and checkpoints are the projector's.</summary>
public interface IView<TSelf> where TSelf : class, IView<TSelf>
{
    /// <summary>The documents that this event changes; <c>[]</c> for a type that the view ignores by name.</summary>
    /// <exception cref="UnknownEventException">Neither folded nor ignored: the view stops here.</exception>
    static abstract IReadOnlyList<string> Keys(Recorded recorded);

    /// <summary>The document under that key after this event; <c>null</c> removes it.</summary>
    static abstract TSelf? Evolve(string key, TSelf? view, Recorded recorded);
}
