using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dlcs.Integration.Processing;

/// <summary>Keeps what is logged, each sentence with what its scopes say of it.</summary>
internal sealed class HeardLog : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<(string Sentence, IReadOnlyDictionary<string, object?> Scope)> Sentences { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Ear(this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
        // What was heard is read after the worker's end.
    }

    private sealed class Ear(HeardLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var scope = new Dictionary<string, object?>();
            log.scopes.ForEachScope(
                (values, all) =>
                {
                    if (values is IEnumerable<KeyValuePair<string, object?>> pairs)
                        foreach (var (name, value) in pairs) all[name] = value;
                },
                scope);
            log.Sentences.Enqueue((formatter(state, exception), scope));
        }
    }
}
