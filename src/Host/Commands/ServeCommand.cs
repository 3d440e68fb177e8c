using System.CommandLine;
using Spectre.Console;

namespace Dlcs.Host.Commands;

/// <summary><c>dlcs serve</c>: the hosts and the workers, until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        var command = new Command("serve", "Serves the API and IIIF from a data folder, until it is stopped. Without "
            + "a connection string it starts a private PostgreSQL there. Every setting can also stand in "
            + "appsettings.json or in the environment: PublicUrl, ApiUrl, ConnectionStrings__Postgres, "
            + "Origins__AllowPrivateAddresses, Workers, ….");
        foreach (var option in SettingOptions.OfServe) command.Options.Add(option);
        command.SetAction(Serve);
        return command;
    }

    private static async Task<int> Serve(ParseResult parsed, CancellationToken ct)
    {
        var settings = parsed.Settings();
        Serving? started = null;
        SampleBook? book = null;
        try
        {
            await AnsiConsole.Console.Status().StartAsync("Starting", async status =>
            {
                started = await Serving.Start(settings, Say, ct);
                book = await SampleBook.Add(started, settings, Say, ct);

                void Say(string what) => status.Status(Markup.Escape(what + " …"));
            });
            Welcome.Print(Console.Out, started!, settings, book);
            await started!.Ended(ct);
            await Console.Out.WriteLineAsync("\nStopping …");
            return 0;
        }
        finally
        {
            if (started is not null) await started.DisposeAsync();
        }
    }
}
