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
        await using var tests = RunningOps.Start(folder.Path, ActedDotnet.Tests(
            folder, "case $1 in *Dlcs.Unit.dll) echo $$ >running; exec sleep 60 ;; esac"));
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
}
