using System.Diagnostics;
using Dlcs.Host.Commands.Adding;
using Spectre.Console;

namespace Dlcs.Host.Commands;

/// <summary>Two bars: what was sent, what was made of it. Where nobody watches, a line now and then.</summary>
internal static class AddProgress
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(5);

    public static Task<Added> Show(Func<Action<AddingProgress>, Task<Added>> work)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Profile.Out.IsTerminal ? Bars(console, work) : Lines(work);
    }

    public static string Sentence(AddingProgress done) => string.Join(", ", Parts(done)) + ".";

    private static Task<Added> Bars(IAnsiConsole console, Func<Action<AddingProgress>, Task<Added>> work) =>
        console.Progress().Columns(ProgressColumns.All).StartAsync(async context =>
        {
            var sent = context.AddTask("sent");
            var made = context.AddTask("processed");
            return await work(now =>
            {
                sent.MaxValue = made.MaxValue = now.Total;
                sent.Value = Math.Min(now.Total, now.Unchanged + now.Sent);
                made.Value = now.Processed;
                made.Description = now.Failed is 0 ? "processed" : $"processed, {now.Failed} failed";
            });
        });

    private static Task<Added> Lines(Func<Action<AddingProgress>, Task<Added>> work)
    {
        var last = Stopwatch.StartNew();
        return work(now =>
        {
            if (last.Elapsed < Now) return;
            Console.Error.WriteLine(
                $"{now.Unchanged + now.Sent} of {now.Total} sent, {now.Processed} processed, {now.Failed} failed");
            last.Restart();
        });
    }

    private static IEnumerable<string> Parts(AddingProgress done)
    {
        yield return done.Total is 1 ? "1 picture" : $"{done.Total} pictures";
        if (done.Sent > 0) yield return $"{done.Sent} added";
        if (done.Unchanged > 0) yield return $"{done.Unchanged} there already";
        if (done.Failed > 0) yield return $"{done.Failed} failed";
    }
}
