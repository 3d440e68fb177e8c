using System.Diagnostics;
using System.Net;
using System.Text;

namespace Dlcs.Benchmarks.Loading;

/// <param name="Failures">Answers of another status.</param>
internal sealed record Loaded(long Requests, long Bytes, long Failures, double Seconds)
{
    public double PerSecond => Requests / Seconds;
}

/// <summary>
/// Keeps a server busy: a thread per connection, one request after the other, as a viewer's browser does. It spends as
/// little as it can on each, because it runs on the same machine as what it measures.
/// </summary>
internal static class Load
{
    /// <param name="paths">Asked for in turn; each connection begins at another place.</param>
    public static Loaded Run(IPEndPoint server, IReadOnlyList<string> paths, int connections, TimeSpan time) => Run(
        server, [.. paths.Select(path => $"GET {path} HTTP/1.1\r\nHost: {server}\r\nAccept: image/*\r\n\r\n")],
        connections, time, ok: 200);

    /// <param name="heads">Whole requests, without bodies, with the empty line at their end.</param>
    /// <param name="ok">The status that is wanted.</param>
    public static Loaded Run(
        IPEndPoint server, IReadOnlyList<string> heads, int connections, TimeSpan time, int ok)
    {
        var requests = heads.Select(Encoding.ASCII.GetBytes).ToArray();
        var clock = Stopwatch.StartNew();
        var results = new Loaded[connections];
        var threads = Enumerable.Range(0, connections).Select(number => new Thread(() =>
            results[number] = Ask(
                server, requests, number * requests.Length / connections, clock, (time, ok)))).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        var seconds = clock.Elapsed.TotalSeconds;
        return new(results.Sum(r => r.Requests), results.Sum(r => r.Bytes), results.Sum(r => r.Failures), seconds);
    }

    private static Loaded Ask(
        IPEndPoint server, byte[][] requests, int first, Stopwatch clock, (TimeSpan Time, int Ok) until)
    {
        using var connection = new RawConnection(server);
        long count = 0, bytes = 0, failures = 0;
        for (var i = first; clock.Elapsed < until.Time; i = (i + 1) % requests.Length)
        {
            var (status, length) = connection.Ask(requests[i]);
            count++;
            bytes += length;
            if (status != until.Ok) failures++;
        }
        return new(count, bytes, failures, clock.Elapsed.TotalSeconds);
    }
}
