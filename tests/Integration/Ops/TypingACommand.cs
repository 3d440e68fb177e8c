namespace Dlcs.Integration.Ops;

/// <summary><c>ops/dlcs</c> where nothing runs: what it says of itself, and of settings.</summary>
public sealed class TypingACommand : IDisposable
{
    private readonly DataFolder folder = new();

    private string Settings => Path.Combine(folder.Path, "appsettings.json");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "serve add rebuild views sweep ping")]
    [InlineData("serve", "--data --port --api-port --listen --roles --no-samples")]
    [InlineData("add", "<FOLDER> --space --string1 --string2 --string3 --named-query --api --key --secret --data")]
    [InlineData("rebuild", "[<VIEW>...] --accept --data")]
    [InlineData("views", "--data")]
    public async Task shows_with_help_what_it_takes(string command, string parts)
    {
        var (exit, said) = await Dlcs([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        exit.ShouldBe(0, said);
        foreach (var part in parts.Split(' ')) said.ShouldContain($" {part} ");
    }

    [Fact]
    public async Task takes_settings_of_a_file_then_of_the_environment_then_of_the_line()
    {
        await Set("""{ "Data": "of-the-file" }""");

        (await Dlcs("views")).ShouldBe((2, Missing("of-the-file")));
        (await Dlcs(["Data=of-the-environment"], "views")).ShouldBe((2, Missing("of-the-environment")));
        (await Dlcs(["Data=of-the-environment"], "views", "--data", "of-the-line")).ShouldBe(
            (2, Missing("of-the-line")));

        string Missing(string data) =>
            $"There is no data folder {Path.Combine(folder.Path, data)}: name one with --data.\n";
    }

    [Theory]
    [InlineData("""{ "Workers": 0 }""", "The setting Workers is '0', but must be a whole number from 1 to 256.")]
    [InlineData("""{ "S3": { "Retries": "often" }, "Storage": "s3://pixels" }""",
        "The setting S3:Retries is 'often', but must be a whole number from 0 to 10.")]
    [InlineData("""{ "Workers": 2, """, "Failed to load configuration from file '{0}'. Could not parse the JSON file.")]
    [InlineData("Workers = 2", "Failed to load configuration from file '{0}'. Could not parse the JSON file.")]
    public async Task stops_with_one_line_where_the_file_is_wrong(string settings, string line)
    {
        await Set(settings);

        (await Dlcs("views")).ShouldBe((2, line.Replace("{0}", Settings) + "\n"));
    }

    [Theory]
    [InlineData("localhost:8081")]
    [InlineData("ftp://localhost:8081/")]
    [InlineData("8081")]
    public async Task takes_only_a_url_of_the_web_for_the_api(string api)
    {
        var (exit, said) = await Dlcs("add", ".", "--space", "a", "--api", api);

        exit.ShouldBe(2, said);
        said.ShouldContain("--api must be an http or https URL");
    }

    [Fact]
    public async Task fails_with_one_line_where_a_folder_may_not_be_read()
    {
        var closed = Directory.CreateDirectory(Path.Combine(folder.Path, "closed")).FullName;
        File.SetUnixFileMode(closed, UnixFileMode.None);
        string[] asAnyone = Environment.IsPrivilegedProcess
            ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"] : [];
        string[] add = ["add", closed, "--space", "a", "--key", "k", "--secret", "s", "--api", "http://127.0.0.1:1"];

        var program = Path.Combine(AppContext.BaseDirectory, "dlcs.dll");
        (await RunningOps.Run(folder.Path, [.. asAnyone, "dotnet", program, .. add]))
            .ShouldBe((1, $"Access to the path '{closed}' is denied.\n"));
    }

    private Task Set(string settings) =>
        File.WriteAllTextAsync(Settings, settings, TestContext.Current.CancellationToken);

    private Task<(int Exit, string Said)> Dlcs(params string[] command) => Dlcs([], command);

    private Task<(int Exit, string Said)> Dlcs(string[] environ, params string[] command) => RunningOps.Run(
        folder.Path, ["env", .. environ, Path.Combine(RunningOps.Root, "ops/dlcs"), .. command]);
}
