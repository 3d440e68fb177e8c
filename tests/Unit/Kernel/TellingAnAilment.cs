using Dlcs.Kernel;
using Microsoft.Extensions.Logging;

namespace Dlcs.Unit.Kernel;

public sealed class TellingAnAilment
{
    private readonly Clock clock = new();
    private readonly Lines lines = new();
    private readonly Ailment ailment;

    public TellingAnAilment() => ailment = new("The log", lines, clock);

    [Fact]
    public void says_it_once_for_all_who_meet_it()
    {
        for (var requests = 0; requests < 1_000; requests++) ailment.Meets("it refuses the password");

        lines.Said.ShouldBe(["The log cannot do its work: it refuses the password"]);
    }

    [Fact]
    public void says_it_again_after_a_minute_and_what_else_there_is_at_once()
    {
        ailment.Meets("a");
        ailment.Meets("b");
        clock.Pass(61);
        ailment.Meets("a");

        lines.Said.Select(l => l[^1]).ShouldBe("aba");
    }

    [Fact]
    public void floods_nobody_with_reasons_that_are_never_the_same()
    {
        for (var requests = 0; requests < 1_000; requests++) ailment.Meets($"{requests}");

        lines.Said.Count.ShouldBeLessThan(20);
    }

    [Fact]
    public void is_over_when_nothing_fails_any_more_and_not_when_something_else_succeeds()
    {
        ailment.Meets("it is full");
        clock.Pass(2);
        ailment.Answers(ailment.Now); // it still reads
        lines.Said.Count.ShouldBe(1);
        ailment.Meets("it is full");
        clock.Pass(11);
        ailment.Answers(ailment.Now);
        ailment.Answers(ailment.Now);

        lines.Said.Skip(1).ShouldBe(["The log works again, after 2 s"]);
        ailment.Meets("it is full");
        lines.Said.Count.ShouldBe(3, "another time is news");
    }

    [Theory]
    [InlineData(2, 0, false)]
    [InlineData(4, 0, true)]
    [InlineData(4, 5, false)]
    public void counts_slow_answers_as_one_unless_they_are_large(int seconds, int allowed, bool told)
    {
        var began = ailment.Now;
        clock.Pass(seconds);
        ailment.Answers(began, TimeSpan.FromSeconds(allowed));

        lines.Said.Any(l => l.Contains("it is slow")).ShouldBe(told);
    }

    private sealed class Clock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => now;

        public void Pass(int seconds) => now += seconds;
    }

    private sealed class Lines : ILogger
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Said.Add(formatter(state, exception));
    }
}
