using Dlcs.Kernel;

namespace Dlcs.Unit.Kernel;

public sealed class PausingBetweenTries
{
    [Theory]
    [InlineData(0, 20)]
    [InlineData(1, 40)]
    [InlineData(28, 500)]
    [InlineData(int.MaxValue - 2, 500)]
    public void is_between_the_least_and_what_so_many_tries_allow(int tried, int most)
    {
        for (var n = 0; n < 100; n++)
            Backoff.Pause(tried, least: 5, most: 500).TotalMilliseconds.ShouldBeInRange(5, most);
    }
}
