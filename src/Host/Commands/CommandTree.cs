using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Dlcs.Host.Commands.Adding;
using Dlcs.Host.Embedded;
using Dlcs.Host.Http;
using Dlcs.Kernel;
using Dlcs.Read.Projecting;
using Npgsql;

namespace Dlcs.Host.Commands;

/// <summary>What can be typed. Exit codes: 0 done, 1 failed, 2 told the wrong thing, 130 interrupted.</summary>
public static class CommandTree
{
    public static async Task<int> Run(string[] args)
    {
        // Nothing here depends on who started it where: names are compared and numbers written the same everywhere.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        using var interrupt = new CancellationTokenSource();
        using var c = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);
        try
        {
            var parsed = Make().Parse(args);
            var exit = await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                interrupt.Token);
            return parsed.Errors.Count is 0 ? exit : 2;
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            return 130;
        }
        catch (SettingException e)
        {
            return Refuse(e.Message, 2);
        }
        catch (Exception e) when (OfPostgres(e) is { } away)
        {
            return Refuse($"{Database.Reason(away)}. Start it, or name the right one with the setting "
                + "ConnectionStrings:Postgres.", 1);
        }
        catch (Exception e)
            when (e is ApiException or PostgresMissingException or EngineUnavailableException or ViewStoppedException
                or RebuildRefusedException or IOException or UnauthorizedAccessException)
        {
            return Refuse(e.Message, 1);
        }
        catch (Exception e) when (Errors.IsYetToBeMade(e))
        {
            return Refuse("This database holds no views yet. Start ops/run on it once, which makes them; or name "
                + "another one with the settings ConnectionStrings:Postgres and Prefix.", 1);
        }

        // The first one asks to stop; a second one does what it always does.
        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        }
    }

    private static RootCommand Make() => new("Keeps a library's images and serves them as IIIF, from a log of events.")
    {
        ServeCommand.Make(), AddCommand.Make(), RebuildCommand.Make(), ViewsCommand.Make(),
        SweepCommand.Make(), PingCommand.Make(),
    };

    private static int Refuse(string sentence, int exit)
    {
        Console.Error.WriteLine(sentence);
        return exit;
    }

    /// <summary>What of a failure is PostgreSQL's, which is away; <c>null</c>: nothing.</summary>
    private static NpgsqlException? OfPostgres(Exception? failure) => failure switch
    {
        null => null,
        NpgsqlException e when Database.IsAway(e) => e,
        _ => OfPostgres(failure.InnerException),
    };
}
