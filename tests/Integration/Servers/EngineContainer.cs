using System.Diagnostics;

namespace Dlcs.Integration.Servers;

/// <summary>One in Docker; its data is in its container.</summary>
internal sealed class EngineContainer(string image) : EngineProcess(TimeSpan.FromMinutes(10)) // it may fetch the image
{
    private readonly string container = $"dlcs-engine-{Guid.CreateVersion7():N}";
    private string? backup;
    private bool made;

    /// <summary>Whether there is a Docker to ask.</summary>
    public static bool IsPossible => File.Exists("/var/run/docker.sock")
        && Environment.GetEnvironmentVariable("PATH") is { } path
        && path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "docker")));

    public override string Backup()
    {
        Docker("commit", container, backup = $"{container}-backup");
        return backup;
    }

    public override void Restore(string backup)
    {
        Docker("rm", "--force", container);
        made = false;
    }

    protected override Process Launch()
    {
        if (made) return Run("docker", "start", "--attach", container);
        made = true;
        return Run(
            "docker", "run", "--name", container, "-p", $"127.0.0.1:{Port}:9200", "-e", "discovery.type=single-node",
            "-e", "xpack.security.enabled=false", "-e", "DISABLE_SECURITY_PLUGIN=true",
            "-e", "ES_JAVA_OPTS=-Xms1g -Xmx1g", "-e", "OPENSEARCH_JAVA_OPTS=-Xms1g -Xmx1g", backup ?? image);
    }

    protected override void KillNow(Process process) => Docker("kill", container);

    protected override void Forget()
    {
        Docker("rm", "--force", "--volumes", container);
        if (backup is not null) Docker("rmi", backup);
    }

    private static void Docker(params string[] command)
    {
        using var docker = Run("docker", command);
        docker.WaitForExit();
    }
}
