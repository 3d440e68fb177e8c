using System.Diagnostics;
using System.Text;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Ops;

/// <summary>A program in a process of its own, and what it has said so far.</summary>
internal sealed class RunningOps : IAsyncDisposable
{
    private readonly StringBuilder said = new();
    private readonly Process process;

    private RunningOps(ProcessStartInfo start)
    {
        process = Process.Start(start) ?? throw new IOException($"{start.FileName} did not start");
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    /// <summary>Of the clone that these tests are from.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Begins a command, with settings in its environment.</summary>
    public static string[] FreePorts => ["env", $"Port={Ports.Free()}", $"ApiPort={Ports.Free()}"];

    /// <summary>Both streams, in the order in which they came.</summary>
    public string Said
    {
        get { lock (said) return said.ToString(); }
    }

    public static RunningOps Start(string folder, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new(start);
    }

    /// <summary><c>ops/run</c> on free ports, with <c>./data</c>, until it is ready.</summary>
    public static Task<RunningOps> Serve(string folder, params string[] more) =>
        Ready(folder, [.. FreePorts, Path.Combine(Root, "ops/run"), .. more]);

    /// <summary>A command that serves, until it is ready.</summary>
    public static async Task<RunningOps> Ready(string folder, params string[] command)
    {
        var run = Start(folder, command);
        while (!run.Said.Contains("\nReady.", StringComparison.Ordinal))
        {
            if (run.process.HasExited) throw new IOException(run.Said);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return run;
    }

    /// <returns>The exit code, and everything that it said.</returns>
    public static async Task<(int Exit, string Said)> Run(string folder, params string[] command)
    {
        await using var run = Start(folder, command);
        await run.process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (run.process.ExitCode, run.Said);
    }

    /// <summary>As Ctrl-C does, or by another signal.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Interrupt(string signal = "INT")
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    /// <summary>The line that begins with this word, without it.</summary>
    public string After(string word) => Said.Split('\n').Select(line => line.Trim())
        .First(line => line.StartsWith(word + " ", StringComparison.Ordinal))[word.Length..].Trim();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await Interrupt();
        process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return; // that was the last one of this stream
        lock (said) said.Append(line.Data).Append('\n');
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Dlcs.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
