using System.Diagnostics;

namespace Dlcs.Host.Embedded;

/// <summary>Who the database runs as: ourselves, and for root the system's user <c>postgres</c>.</summary>
internal static class PostgresUser
{
    public const string Name = "postgres";
    public const string Root = "root";

    private static string[] Prefix => Environment.IsPrivilegedProcess
        ? ["setpriv", $"--reuid={Name}", $"--regid={Name}", "--init-groups", "--"] : [];

    /// <summary>Runs a command as that user, in a session of its own: Ctrl-C in the terminal is for us alone.</summary>
    /// <returns>Its exit code, and what it said when that is not 0.</returns>
    public static Task<(int Exit, string Said)> Execute(string[] command, CancellationToken ct) =>
        ExecuteAsSelf(["setsid", "-w", .. Prefix, .. command], ct);

    public static async Task<(int Exit, string Said)> ExecuteAsSelf(string[] command, CancellationToken ct)
    {
        using var process = Begin(command);
        await process.WaitForExitAsync(CancellationToken.None);
        ct.ThrowIfCancellationRequested();
        return (process.ExitCode, process.ExitCode is 0 ? "" : await process.StandardError.ReadToEndAsync(ct));
    }

    /// <summary>The name of the user whose file or folder it is.</summary>
    public static async Task<string> OwnerOf(string path, CancellationToken ct)
    {
        using var process = Begin(["stat", "--format=%U", "--", path]);
        var owner = (await process.StandardOutput.ReadToEndAsync(ct)).Trim();
        return owner is not "" ? owner : throw new IOException((await process.StandardError.ReadToEndAsync(ct)).Trim());
    }

    private static Process Begin(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var process = Process.Start(start) ?? throw new IOException($"{command[0]} did not start");
        process.StandardInput.Close();
        return process;
    }
}
