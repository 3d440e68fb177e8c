namespace Dlcs.Integration.Ops;

/// <summary>When <c>ops/prepare.sh</c> builds, with a <c>dotnet</c> that is acted and notes its builds.</summary>
public sealed class BuildingTheProgram : IDisposable
{
    private const string Building = "Building …\n";
    private readonly DataFolder folder = new();

    public BuildingTheProgram()
    {
        foreach (var source in (string[])["src/Host/Program.cs", "ops/samples/01.jpg", "Directory.Build.props",
            "Directory.Build.targets", "Directory.Packages.props", ".editorconfig", "README.md"]) Write(source);
        foreach (var part in (string[])["sdk/10.0.100", "shared/Microsoft.AspNetCore.App/10.0.0"])
            Directory.CreateDirectory(Path.Combine(folder.Path, "net", part));
        Acts("""
            [ "$1" = build ] || exit 0
            mkdir -p artifacts/bin/Host/release
            touch artifacts/bin/Host/release/dlcs.dll
            """);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("src/Host/Program.cs")]
    [InlineData("src/Read/New.cs")]
    [InlineData("ops/samples/01.jpg")]
    [InlineData("Directory.Packages.props")]
    [InlineData(".editorconfig")]
    public async Task happens_when_a_source_has_changed(string source)
    {
        (await Build()).ShouldBe((0, Building));
        (await Build()).ShouldBe((0, ""));

        Write(source);

        (await Build()).ShouldBe((0, Building));
        (await Build()).ShouldBe((0, ""));
    }

    [Fact]
    public async Task does_not_happen_for_what_is_no_source()
    {
        await Build();

        Write("README.md");

        (await Build()).ShouldBe((0, ""));
    }

    [Fact]
    public async Task happens_again_after_it_failed()
    {
        await Build();
        Write("src/Host/Program.cs");
        Acts("echo 'Program.cs(1,1): error'; exit 1");

        for (var tries = 0; tries < 2; tries++)
            (await Build()).ShouldBe((1, $"{Building}Program.cs(1,1): error\nThe program does not build.\n"));
    }

    private void Write(string file)
    {
        var path = Path.Combine(folder.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
    }

    private void Acts(string body)
    {
        var dotnet = Path.Combine(folder.Path, "net/dotnet");
        File.WriteAllText(dotnet, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(dotnet, DataFolder.Open);
    }

    private Task<(int Exit, string Said)> Build() => RunningOps.Run(folder.Path, "bash", "-c", $"""
        set -euo pipefail
        root=$PWD PATH=$PWD/net:$PATH
        . '{RunningOps.Root}/ops/prepare.sh'
        build
        """);
}
