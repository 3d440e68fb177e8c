using System.Globalization;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Log;

internal static class Appends
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static int number;

    /// <summary>One event of about so many bytes.</summary>
    public static Append Large(int bytes) =>
        One() with { Events = [new SpaceRenamed(new(1, 1), Guid.Empty, new string('x', bytes))] };

    /// <summary>One event that begins a stream of its own, by a command of its own.</summary>
    public static Append One()
    {
        var space = new SpaceId(1, Interlocked.Increment(ref number));
        var command = string.Create(CultureInfo.InvariantCulture, $"command {space}");
        return new(
            space.Stream, -1, [new SpaceReopened(space)],
            new(NamedGuid.Of(Guid.Empty, command), null, At, "correlation-1"));
    }

    /// <summary>As a patient client does: what was not answered is sent again as it was.</summary>
    public static async Task<T> Insist<T>(Func<Task<T>> act)
    {
        while (true)
        {
            try
            {
                return await act();
            }
            catch (LogUnavailableException)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }
    }
}
