using Dlcs.Kernel.Events;

namespace Dlcs.Unit;

/// <summary>Events as the log would have kept them: one stream, a second apart.</summary>
internal static class Recording
{
    public static readonly DateTimeOffset Began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<Recorded> Of(params IEvent[] events) => events.Select((e, i) =>
        new Recorded(e, Guid.CreateVersion7(Began), new StreamName("test"), i, By("key-1", Began.AddSeconds(i))));

    public static Metadata By(string key, DateTimeOffset at) => new(Guid.CreateVersion7(at), key, at, "correlation-1");
}
