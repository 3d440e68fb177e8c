using Dlcs.Kernel.Events;

namespace Dlcs.Processing.Queue;

/// <summary>The queues that work waits in. A lane is a table, <c>wolverine_queue_{name}</c>.</summary>
internal static class Lanes
{
    public const string Normal = "images";

    /// <summary>Where a client waits for the answer, or paid to go first.</summary>
    public const string Priority = "images_priority";

    public static string Of(Lane lane) => lane is Lane.Normal ? Normal : Priority;

    /// <summary>As Wolverine names the queue.</summary>
    public static Uri Uri(string lane) => new($"postgresql://{lane}");
}
