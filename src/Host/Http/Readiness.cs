namespace Dlcs.Host.Http;

/// <summary>Whether a start is still under way: hosts that listen already are not ready before it is over.</summary>
internal sealed class Readiness
{
    private volatile bool isStarting;

    public bool IsStarting { get => isStarting; set => isStarting = value; }
}
