using Dlcs.Kernel;
using Npgsql;

namespace Dlcs.Unit.Kernel;

public sealed class JudgingTheDatabase
{
    [Theory]
    [InlineData(PostgresErrorCodes.DiskFull, true)]
    [InlineData(PostgresErrorCodes.AdminShutdown, true)]
    [InlineData(PostgresErrorCodes.InvalidPassword, true)]
    [InlineData(PostgresErrorCodes.InvalidAuthorizationSpecification, true)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction, true)] // a standby, or one that is full
    [InlineData(PostgresErrorCodes.InsufficientPrivilege, true)]
    [InlineData(PostgresErrorCodes.InvalidCatalogName, true)]
    [InlineData(PostgresErrorCodes.IoError, true)]
    [InlineData(PostgresErrorCodes.UniqueViolation, false)]
    [InlineData(PostgresErrorCodes.SyntaxError, false)]
    [InlineData(PostgresErrorCodes.UndefinedTable, false)]
    public void tells_that_it_is_ill_from_what_is_asked_wrongly(string state, bool away)
    {
        var failure = new PostgresException("no", "ERROR", "ERROR", state);

        Database.IsAway(failure).ShouldBe(away);
        Database.IsAway(new InvalidOperationException("outer", failure)).ShouldBe(away);
        Database.Reason(failure).ShouldStartWith($"PostgreSQL: {state}");
    }

    [Fact]
    public void takes_silence_and_nonsense_for_an_illness()
    {
        Database.IsAway(new NpgsqlException("Received unknown response H")).ShouldBeTrue();
        Database.IsAway(new TimeoutException()).ShouldBeTrue();
        Database.IsAway(new InvalidOperationException("wrong")).ShouldBeFalse();
    }
}
