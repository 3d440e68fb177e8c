using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dlcs.Integration.Journeys;

/// <summary>What a host says in its log.</summary>
public sealed class Heard : ILoggerProvider
{
    private readonly ConcurrentQueue<Said> lines = [];

    public IReadOnlyList<Said> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => new Ear(lines);

    public void Dispose()
    {
        // What was heard is read after the host's end.
    }

    private sealed class Ear(ConcurrentQueue<Said> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new(logLevel, formatter(state, exception), exception));
    }
}

/// <param name="Stack">Comes with the line.</param>
public sealed record Said(LogLevel Level, string Sentence, Exception? Stack);
