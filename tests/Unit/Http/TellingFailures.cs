using Dlcs.Host.Http;
using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Unit.Http;

public sealed class TellingFailures
{
    public static TheoryData<Exception> Others =>
        [new InvalidOperationException("wrong"), new InvalidOperationException("outer", new FormatException())];

    public static TheoryData<Exception> Away =>
    [
        new LogUnavailableException("the log does not answer"),
        new InvalidOperationException("outer", new NpgsqlException("gone")),
        new InvalidOperationException("outermost", new InvalidOperationException("outer", new TimeoutException())),
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void what_is_wrong_here_is_no_store_that_is_away(Exception failure) =>
        Errors.IsAway(failure).ShouldBeFalse();

    [Fact]
    public void no_failure_is_none_either() => Errors.IsAway(null).ShouldBeFalse();

    [Theory]
    [MemberData(nameof(Away))]
    public void a_store_that_is_away_is_found_below_other_failures(Exception failure) =>
        Errors.IsAway(failure).ShouldBeTrue();

    [Fact]
    public void a_log_that_another_took_the_place_of_needs_no_stack() =>
        Errors.IsToldInOneLine(new LogReplacedException()).ShouldBeTrue();
}
