using System.Text.RegularExpressions;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>Where in PostgreSQL the log is, and how it is written.</summary>
public sealed partial record LogSettings
{
    /// <summary>The schema that Marten's tables are in; made when it is not there.</summary>
    public string Schema { get; init; } = "log";

    /// <summary>
    /// The installation: several share a schema without seeing each other. A colon follows it in every stream name, so
    /// that no prefix is the beginning of another.
    /// </summary>
    public string Prefix { get; init; } = "dlcs";

    /// <summary>How long an event can stay unseen by others when its notification was lost.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How many appends of one <see cref="IEventStore.AppendMany"/> a transaction takes. Readers wait for the longest
    /// transaction that is open, so it is kept short.
    /// </summary>
    public int AppendsPerTransaction { get; init; } = 250;

    /// <summary>How many bytes of events a transaction takes; one append always goes.</summary>
    public int BytesPerTransaction { get; init; } = 4_000_000;

    internal string KeyPrefix => $"{Prefix}:";

    internal string Key(StreamName stream) => $"{Prefix}:{stream.Value}";

    internal string Table(string name) => $"{Schema}.{name}";

    /// <exception cref="ArgumentException">A name is not one that may stand in SQL.</exception>
    internal LogSettings Checked() =>
        !SchemaName().IsMatch(Schema) ? throw new ArgumentException($"'{Schema}' is no name of a schema: a-z, 0-9, _")
        : !PrefixName().IsMatch(Prefix) ? throw new ArgumentException($"'{Prefix}' is no prefix: a-z, A-Z, 0-9, _, -")
        : this;

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,39}$")]
    private static partial Regex SchemaName();

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,40}$")]
    private static partial Regex PrefixName();
}
