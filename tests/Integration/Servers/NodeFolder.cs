using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Dlcs.Integration.Servers;

/// <summary>
/// A folder among the build's artefacts with a test's scripts and what they import: installed once for every lock file,
/// from npm's cache where that has it.
/// </summary>
internal static class NodeFolder
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static bool IsThere => Found("node") && Found("npm");

    /// <summary>Why a test is skipped where node is not there.</summary>
    public const string Missing = "node and npm are not installed: apt-get install nodejs npm";

    /// <param name="test">The test's file: scripts, package.json and package-lock.json stand beside it.</param>
    /// <exception cref="InvalidOperationException">npm could not install; with what it said.</exception>
    public static async Task<string> Install([CallerFilePath] string test = "")
    {
        var here = Path.GetDirectoryName(test)!;
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../node", Path.GetFileName(here)));
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(here, "*.mjs").Append(Path.Combine(here, "package.json")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        var (wanted, lockFile) = (Path.Combine(here, "package-lock.json"), Path.Combine(folder, "package-lock.json"));
        var installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (File.Exists(installed) && File.Exists(lockFile) && Same(wanted, lockFile)) return folder;

        File.Copy(wanted, lockFile, overwrite: true);
        string[] ci = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
        var (exit, said) = await Run(folder, "npm", ci, CancellationToken.None);
        if (exit is 0) return folder;
        File.Delete(lockFile);
        throw new InvalidOperationException($"npm ci ended with {exit}: {said}");
    }

    /// <summary>Runs a program there, for three minutes at most.</summary>
    public static async Task<(int Exit, string Said)> Run(
        string folder, string program, string[] arguments, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token),
                process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, process.ExitCode is 0 ? await output : await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static bool Found(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool Same(string one, string other) => File.ReadAllText(one) == File.ReadAllText(other);
}
