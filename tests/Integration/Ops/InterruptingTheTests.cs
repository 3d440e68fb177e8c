namespace Dlcs.Integration.Ops;

/// <summary><c>ops/test</c> with a <c>dotnet</c> that is acted: its tests take for ever.</summary>
public sealed class InterruptingTheTests : IDisposable
{
    private readonly DataFolder folder = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task ends_them(string signal)
    {
        MakeClone();
        await using var tests = RunningOps.Start(
            folder.Path, "env", $"PATH={folder.Path}/net:{Environment.GetEnvironmentVariable("PATH")}",
            Path.Combine(folder.Path, "ops/test"));
        var running = Path.Combine(folder.Path, "running");
        for (var tries = 0; !File.Exists(running) || await File.ReadAllTextAsync(running, ct) is ""; tries++)
        {
            tries.ShouldBeLessThan(100, tests.Said);
            await Task.Delay(100, ct);
        }
        var process = (await File.ReadAllTextAsync(running, ct)).Trim();

        var exit = await tests.Interrupt(signal).WaitAsync(TimeSpan.FromSeconds(20), ct);

        exit.ShouldNotBe(0);
        Directory.Exists($"/proc/{process}").ShouldBeFalse();
    }

    public void Dispose() => folder.Dispose();

    private void MakeClone()
    {
        foreach (var script in (string[])["ops/test", "ops/prepare.sh"])
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, "ops"));
            File.Copy(Path.Combine(RunningOps.Root, script), Path.Combine(folder.Path, script));
        }

        Directory.CreateDirectory(Path.Combine(folder.Path, "net/sdk/10.0.100"));
        var dotnet = Path.Combine(folder.Path, "net/dotnet");
        File.WriteAllText(dotnet, """
            #!/bin/sh
            case $1 in *Dlcs.Unit.dll) echo $$ >running; exec sleep 60 ;; esac

            """);
        File.SetUnixFileMode(dotnet, DataFolder.Open);
    }
}
