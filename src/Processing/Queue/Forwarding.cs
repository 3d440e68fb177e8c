using Dlcs.Kernel;
using Microsoft.Extensions.Logging;

namespace Dlcs.Processing.Queue;

/// <summary>Hands what the queue's own host logs on to the application's log.</summary>
internal sealed class Forwarding(ILoggerFactory outer) : ILoggerProvider
{
    /// <summary>That a job failed, and is tried again: the job has said so itself, with its correlation.</summary>
    private static readonly int[] Said = [105, 109];

    public ILogger CreateLogger(string categoryName) => new Logger(outer.CreateLogger(categoryName));

    public void Dispose()
    {
        // The application's log is not ours.
    }

    private sealed class Logger(ILogger outer) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => outer.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => outer.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (Said.Contains(eventId.Id)) return;

            // While PostgreSQL is away every poll fails, several times a second. That it is away others say, once. And
            // what is disposed of is the application's pool, when it has waited long enough for the queue to end.
            var told = exception is not null && (exception is ObjectDisposedException || Database.IsAway(exception));
            var level = told ? LogLevel.Debug : logLevel;
            outer.Log(level, eventId, state, exception, formatter);
        }
    }
}
