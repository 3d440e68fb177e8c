using System.CommandLine;
using Dlcs.Kernel.Events;
using Spectre.Console;

namespace Dlcs.Host.Commands;

/// <summary><c>dlcs views</c></summary>
internal static class ViewsCommand
{
    public static Command Make()
    {
        var command = new Command("views", "Shows every view: its generation, the position in the log that it has "
            + "seen, how many events that is behind, and why it stopped if it did; and how many images wait to be "
            + "processed. Exit code 1 when a view has stopped.")
        {
            SettingOptions.Data,
        };
        command.SetAction((parsed, ct) => ViewsAccess.Use(parsed.Settings(), access => Show(access, ct), ct));
        return command;
    }

    private static async Task<int> Show(ViewsAccess access, CancellationToken ct)
    {
        var views = await access.Live(ct);
        var behind = new Dictionary<Position, int>();
        foreach (var at in views.Select(v => v.Shown).Distinct()) behind[at] = await access.Behind(at, ct);
        var table = new Table().Border(TableBorder.None)
            .AddColumns("view", "generation", "position", "lag", "state");
        foreach (var v in views)
        {
            table.AddRow(
                v.View, $"{v.Number}", $"{v.Shown.Value}", $"{behind[v.Shown]}",
                Markup.Escape(v.Parked ?? "follows"));
        }

        AnsiConsole.Write(table);
        if (views is not []) AnsiConsole.WriteLine($"{await access.Waiting(ct)} images wait to be processed");
        return views.Any(v => v.Parked is not null) ? 1 : 0;
    }
}
