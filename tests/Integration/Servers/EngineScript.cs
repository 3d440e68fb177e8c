using System.Diagnostics;

namespace Dlcs.Integration.Servers;

/// <summary>One that a script starts: <c>run.sh HOME PORT</c>.</summary>
internal sealed class EngineScript(string script) : EngineProcess(TimeSpan.FromMinutes(2))
{
    private readonly string home = Directory.CreateTempSubdirectory("dlcs-engine-").FullName;

    public override string Backup()
    {
        var copy = Directory.CreateTempSubdirectory("dlcs-engine-backup-").FullName;
        using var cp = Process.Start("cp", ["-a", $"{home}/.", copy]);
        cp.WaitForExit();
        return copy;
    }

    public override void Restore(string backup)
    {
        Directory.Delete(home, recursive: true);
        Directory.Move(backup, home);
    }

    protected override Process Launch() => Run(script, home, $"{Port}");

    protected override void Forget() => Folders.Remove(home);
}
