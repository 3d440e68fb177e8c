using Dlcs.Host.Commands.Adding;
using Spectre.Console;

namespace Dlcs.Host.Commands;

/// <summary>Two bars: what was sent, what was made of it.</summary>
internal static class AddProgress
{
    public static Task<Added> Show(IAnsiConsole console, Func<Action<AddingProgress>, Task<Added>> work) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
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

    public static string Sentence(AddingProgress done) => string.Join(", ", Parts(done)) + ".";

    private static IEnumerable<string> Parts(AddingProgress done)
    {
        yield return done.Total is 1 ? "1 picture" : $"{done.Total} pictures";
        if (done.Sent > 0) yield return $"{done.Sent} added";
        if (done.Unchanged > 0) yield return $"{done.Unchanged} there already";
        if (done.Failed > 0) yield return $"{done.Failed} failed";
    }
}
