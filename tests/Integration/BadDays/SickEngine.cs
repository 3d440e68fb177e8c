using Dlcs.Host;

namespace Dlcs.Integration.BadDays;

/// <summary>An engine that can be made ill, and well again.</summary>
internal abstract class SickEngine : IAsyncDisposable
{
    protected static readonly TimeSpan Slowness = TimeSpan.FromSeconds(5);

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What an installation calls it in its log.</summary>
    public abstract string Name { get; }

    /// <summary>Settings that lead to it.</summary>
    public abstract HostSettings Lead(HostSettings settings);

    /// <summary>From now on it suffers that.</summary>
    public abstract Task Begin(Evil evil);

    /// <summary>It is well again; nothing happens if it is.</summary>
    public abstract Task End();

    /// <summary>What the log must say of it.</summary>
    public abstract string Sentence(Evil evil);

    public abstract ValueTask DisposeAsync();
}
