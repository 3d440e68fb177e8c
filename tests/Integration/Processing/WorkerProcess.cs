using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Dlcs.Integration.Processing;

/// <summary>A worker in a process of its own.</summary>
internal sealed class WorkerProcess(Process process) : IDisposable
{
    public static WorkerProcess Start(string connection, string folder, bool shared = false)
    {
        string[] more = shared ? ["shared"] : [];
        string[] arguments = [typeof(WorkerProcess).Assembly.Location, "worker", connection, folder, .. more];
        return new(Process.Start(new ProcessStartInfo("dotnet", arguments))!);
    }

    public int Id => process.Id;

    /// <summary>As kill -9 does.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public Task Death(CancellationToken ct) => process.WaitForExitAsync(ct);

    public long Memory()
    {
        process.Refresh();
        return process.WorkingSet64;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    /// <summary>What runs in there.</summary>
    public static async Task<int> Run(string connection, string folder, bool shared)
    {
        using var worker = Worker.Build(connection, folder, Workshop.Quick with { Shared = shared });
        await worker.RunAsync();
        return 0;
    }
}
