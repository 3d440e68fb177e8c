using System.Net.Sockets;
using Npgsql;

namespace Dlcs.Kernel;

/// <summary>What PostgreSQL's failures mean, wherever it is asked.</summary>
public static class Database
{
    /// <summary>
    /// For a session that holds a lock: that its machine vanished without a word, PostgreSQL then notices within half a
    /// minute, and gives the lock to the next.
    /// </summary>
    public const string WatchesItsClient =
        "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

    /// <summary>Whether what failed did so because this or another engine cannot do its work at the moment.</summary>
    public static bool IsAnEngines(Exception e) => e is EngineUnavailableException || IsAway(e);

    /// <summary>
    /// Whether it is away, full, read-only or does not let us in, rather than asked something wrong: it may answer the
    /// same later.
    /// </summary>
    public static bool IsAway(Exception e) => e switch
    {
        PostgresException p => p.IsTransient || p.SqlState is
            ['0', '8', ..] or ['2', '8', ..] or ['5', '3' or '5' or '7' or '8', ..]
            or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InsufficientPrivilege
            or PostgresErrorCodes.InvalidCatalogName,
        NpgsqlException or TimeoutException or SocketException => true,
        { InnerException: { } inner } => IsAway(inner),
        _ => false,
    };

    /// <summary>Why something failed, for the log: names PostgreSQL where it is the cause.</summary>
    public static string Reason(Exception failure) =>
        failure is NpgsqlException ? $"PostgreSQL: {Message(failure)}" : failure.Message;

    /// <summary>The same for those who name it themselves.</summary>
    public static string Message(Exception failure) => failure is NpgsqlException { InnerException: { } inner }
        ? $"{failure.Message} ({inner.Message})" : failure.Message;
}
