using System.Globalization;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Integration.Log;

/// <summary>
/// What every log promises. The tests of an adapter derive from this and say how it is opened; each test is an
/// installation of its own, by its prefix.
/// </summary>
public abstract partial class LogContract : IAsyncDisposable
{
    private static int installations;
    private readonly List<IEventStore> opened = [];
    private readonly string prefix =
        string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref installations)}");

    private int commands;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The log as another process sees it: nothing is shared between two of these but the server.</summary>
    protected abstract IEventStore Open(string prefix);

    /// <summary>Appends what no event of this program is, past the adapter.</summary>
    protected abstract Task AppendForeign(string prefix, StreamName stream, SealedEvent e);

    /// <summary>An append that the server takes up and drops; nothing where a server knows no such thing.</summary>
    protected abstract Task AppendAndRollBack(string prefix, CancellationToken ct);

    /// <summary>Breaks every connection to the server, whatever it is doing.</summary>
    protected abstract Task BreakConnections();

    public async ValueTask DisposeAsync()
    {
        foreach (var log in opened) await ((IAsyncDisposable)log).DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected IEventStore Open()
    {
        var log = Open(prefix);
        opened.Add(log);
        return log;
    }

    protected static StreamName Stream(int number) => new SpaceId(1, number).Stream;

    /// <summary>Events told apart by their names, by a command of their own.</summary>
    protected Append Append(StreamName stream, long revision, params string[] names) => new(
        stream, revision, [.. names.Select(n => new SpaceRenamed(new(1, 1), Guid.Empty, n))],
        new(Command(), "key-1", new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "correlation-1"));

    protected static async Task<IReadOnlyList<Recorded>> All(IEventStore log, StreamName stream) =>
        await log.Read(stream, Ct).ToListAsync(Ct);

    protected static async Task<IReadOnlyList<string>> Names(IEventStore log, StreamName stream) =>
        [.. (await All(log, stream)).Select(Name)];

    protected static string Name(Recorded recorded) => ((SpaceRenamed)recorded.Event).Name;

    /// <summary>Everything of ours behind <paramref name="after"/>, page by page.</summary>
    protected static async Task<IReadOnlyList<LogEntry>> All(IEventStore log, Position after, int atMost)
    {
        var entries = new List<LogEntry>();
        while (true)
        {
            var page = await log.ReadAll(after, atMost, Ct);
            page.Entries.Count.ShouldBeLessThanOrEqualTo(atMost);
            if (page.Through == after) return entries;
            entries.AddRange(page.Entries);
            after = page.Through;
        }
    }

    private Guid Command() => NamedGuid.Of(
        Guid.Empty, string.Create(CultureInfo.InvariantCulture, $"{prefix} {Interlocked.Increment(ref commands)}"));
}
