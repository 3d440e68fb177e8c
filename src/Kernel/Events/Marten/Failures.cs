using System.Net.Sockets;
using JasperFx.Events;
using Npgsql;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>What a failure says of the append that it ended.</summary>
internal enum Failure
{
    /// <summary>None that waiting or looking would help against.</summary>
    Defect,

    /// <summary>The stream stands elsewhere; nothing was appended.</summary>
    Conflict,

    /// <summary>PostgreSQL rolled it back, for a reason that may pass at once.</summary>
    RolledBack,

    /// <summary>PostgreSQL cannot be reached or takes no more; nothing was appended.</summary>
    Away,

    /// <summary>The connection was lost: it may have been appended, or may yet be.</summary>
    Unknown,
}

internal static class Failures
{
    /// <summary>Marten wraps and aggregates, so the whole tree is looked at.</summary>
    public static Failure Of(Exception e) => e switch
    {
        OperationCanceledException => Failure.Defect,
        EventStreamUnexpectedMaxEventIdException => Failure.Conflict,
        PostgresException p => Of(p),
        NpgsqlException { InnerException: SocketException } => Failure.Away,
        NpgsqlException or IOException or SocketException or TimeoutException => Failure.Unknown,
        AggregateException many => many.InnerExceptions.Select(Of).Max(),
        { InnerException: { } inner } => Of(inner),
        _ => Failure.Defect,
    };

    /// <summary>For those who only read: whether it is worth trying again.</summary>
    public static bool Passes(Exception e) => Of(e) is Failure.RolledBack or Failure.Away or Failure.Unknown;

    public static LogUnavailableException Unavailable(Exception e) =>
        new($"the log does not answer: {Database.Reason(Cause(e))}", e);

    /// <summary>Reads. Where the connection was lost, all pooled ones are given up and it asks again.</summary>
    /// <exception cref="LogUnavailableException">Instead of what may pass.</exception>
    public static async Task<T> Reading<T>(NpgsqlDataSource source, Func<Task<T>> read)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await read();
            }
            catch (Exception e) when (tried < 3 && Of(e) is Failure.Unknown && e.InnerException is not TimeoutException)
            {
                source.Clear();
            }
            catch (Exception e) when (Passes(e))
            {
                throw Unavailable(e);
            }
        }
    }

    /// <summary>Marten's own sentence holds the whole statement.</summary>
    private static Exception Cause(Exception e) => e switch
    {
        NpgsqlException or { InnerException: null } => e,
        AggregateException many => Cause(many.InnerExceptions[0]),
        _ => Cause(e.InnerException),
    };

    private static Failure Of(PostgresException e) => e.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation or "MT003" => Failure.Conflict,
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections => Failure.Away,
        _ when e.InvariantSeverity is "FATAL" or "PANIC" => Failure.Unknown,
        ['4', '0', ..] => Failure.RolledBack,
        _ when Database.IsAway(e) => Failure.Away,
        _ => Failure.Defect,
    };
}
