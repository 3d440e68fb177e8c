namespace Dlcs.Benchmarks;

/// <summary>What to measure, with what, where.</summary>
/// <param name="Program">The program under test, an assembly.</param>
/// <param name="Folder">Where installations and pictures go; on a real disk.</param>
/// <param name="Only">Names of measurements; none: all.</param>
internal sealed record Settings(string Program, string Folder, IReadOnlyList<string> Only)
{
    public const string Usage = "bench [--program DLCS.DLL] [--folder DIR] [NAME…]";

    /// <summary>A folder of this run alone: what an interrupted run left behind never meets a new one.</summary>
    public string Place(string name) => Path.Combine(Folder, $"{Environment.ProcessId}", name);

    public bool Wants(string name) => Only is [] || Only.Contains(name);

    /// <exception cref="FormatException">An option lacks its value or is unknown.</exception>
    public static Settings Parse(IReadOnlyList<string> arguments)
    {
        var settings = new Settings(
            Path.Combine(AppContext.BaseDirectory, "dlcs.dll"), Path.Combine(Path.GetTempPath(), "dlcs-bench"), []);
        for (var i = 0; i < arguments.Count; i++)
        {
            settings = arguments[i] switch
            {
                "--program" when i < arguments.Count - 1 =>
                    settings with { Program = Path.GetFullPath(arguments[++i]) },
                "--folder" when i < arguments.Count - 1 =>
                    settings with { Folder = Path.GetFullPath(arguments[++i]) },
                ['-', ..] => throw new FormatException($"{arguments[i]}? {Usage}"),
                var name => settings with { Only = [.. settings.Only, name] },
            };
        }
        return settings;
    }
}
