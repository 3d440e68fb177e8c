using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Dlcs.Host.Http;

/// <summary>
/// One line for everything that is said: when (UTC), how grave, who says it, of what, the sentence. What it is of are
/// the values of this program's own scopes, as <c>CorrelationId:…</c>; a web server's are left out.
/// </summary>
internal sealed class LogLine(TimeProvider time) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "line";

    /// <summary>The names of what our scopes hold, for people to search by.</summary>
    private static readonly HashSet<string> Shown = ["CorrelationId", "Image", "Registration"];

    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        textWriter.Write($"{now} {Level(logEntry.LogLevel)} {logEntry.Category}");
        scopeProvider?.ForEachScope(WriteScope, textWriter);
        textWriter.Write(' ');
        WriteFlat(logEntry.Formatter(logEntry.State, logEntry.Exception), textWriter);
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            WriteFlat(exception.ToString(), textWriter);
        }
        textWriter.WriteLine();
    }

    private static void WriteScope(object? scope, TextWriter to)
    {
        if (scope is not IEnumerable<KeyValuePair<string, object?>> values) return;
        foreach (var (name, value) in values.Where(v => Shown.Contains(v.Key)))
        {
            to.Write($" {name}:");
            WriteFlat(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", to);
        }
    }

    /// <summary>Nobody's words begin a line of their own.</summary>
    private static void WriteFlat(string text, TextWriter to)
    {
        foreach (var c in text) to.Write(char.IsControl(c) ? ' ' : c);
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit",
        LogLevel.Error => "fail",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        LogLevel.Debug => "dbug",
        _ => "trce",
    };
}
