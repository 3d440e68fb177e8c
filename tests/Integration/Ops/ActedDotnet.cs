namespace Dlcs.Integration.Ops;

/// <summary><c>ops/test</c> of a clone that holds nothing else, with a <c>dotnet</c> that is acted.</summary>
internal static class ActedDotnet
{
    /// <param name="folder">Where the clone is made.</param>
    /// <param name="acts">What <c>dotnet</c> does, in a shell.</param>
    /// <param name="options">Of <c>ops/test</c>.</param>
    /// <returns>The command that runs the tests.</returns>
    public static string[] Tests(DataFolder folder, string acts, params string[] options)
    {
        foreach (var script in (string[])["ops/test", "ops/prepare.sh"])
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, "ops"));
            File.Copy(Path.Combine(RunningOps.Root, script), Path.Combine(folder.Path, script));
        }

        Directory.CreateDirectory(Path.Combine(folder.Path, "net/sdk/10.0.100"));
        var dotnet = Path.Combine(folder.Path, "net/dotnet");
        File.WriteAllText(dotnet, $"#!/bin/sh\n{acts}\n");
        File.SetUnixFileMode(dotnet, DataFolder.Open);
        return
        [
            "env", "--unset=DLCS_TEST_PROFILE", $"PATH={folder.Path}/net:{Environment.GetEnvironmentVariable("PATH")}",
            Path.Combine(folder.Path, "ops/test"), .. options,
        ];
    }
}
