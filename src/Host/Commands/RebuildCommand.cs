using System.CommandLine;
using Dlcs.Kernel.Events;
using Dlcs.Read.Projecting;
using Spectre.Console;

namespace Dlcs.Host.Commands;

/// <summary><c>dlcs rebuild [VIEW…]</c></summary>
internal static class RebuildCommand
{
    private static readonly Argument<string[]> Views = new("VIEW")
    {
        Description = "Which views; none: all of them. Their names: dlcs views.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Accept = new("--accept")
    {
        Description = "Take the rebuilt view although it differs from the live one.",
    };

    public static Command Make()
    {
        var command = new Command("rebuild", "Builds views again from the first event on, beside the live ones. Both "
            + "are compared at one position and swapped when they are equal; queries go on all the while. "
            + "Exit code 1 when one was not swapped.") { Views, Accept, SettingOptions.Data };
        command.SetAction((parsed, ct) =>
        {
            var (views, accept) = (parsed.GetValue(Views) ?? [], parsed.GetValue(Accept));
            return ViewsAccess.Use(parsed.Settings(), access => Rebuild(access, views, accept, ct), ct);
        });
        return command;
    }

    private static async Task<int> Rebuild(ViewsAccess access, string[] views, bool accept, CancellationToken ct)
    {
        var known = (await access.Live(ct)).Select(g => g.View).ToList();
        if (views.FirstOrDefault(v => !known.Contains(v)) is { } unknown)
            throw new SettingException($"There is no view {unknown}; there are {string.Join(", ", known)}.");

        var rebuilt = await AnsiConsole.Progress()
            .Columns(ProgressColumns.All)
            .StartAsync(async context =>
            {
                var bar = context.AddTask("reading");
                var done = await access.Rebuild(views, accept, new Bar(bar), ct);
                bar.Value = bar.MaxValue;
                return done;
            });
        foreach (var view in rebuilt) Console.WriteLine(Sentence(view));
        return rebuilt.All(v => v.Swapped) ? 0 : 1;
    }

    private static string Sentence(Rebuilt view) => (view.Swapped, view.Differences) switch
    {
        (true, []) => $"{view.View}: rebuilt and swapped, digest {view.Is}",
        (true, var keys) => $"{view.View}: rebuilt and swapped although it differs in {string.Join(", ", keys)}",
        (false, var keys) =>
            $"{view.View}: not swapped, it differs in {string.Join(", ", keys)} (--accept takes it all the same)",
    };

    /// <summary>At once, in order: <see cref="Progress{T}"/> would hand reports to other threads.</summary>
    private sealed class Bar(ProgressTask bar) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value)
        {
            bar.Description = value.Events is 0 ? value.Stage : $"{value.Stage}, {value.Events} events";
            if (value.Until == Position.Start) return;
            bar.MaxValue = value.Until.Value;
            bar.Value = value.Position.Value;
        }
    }
}
