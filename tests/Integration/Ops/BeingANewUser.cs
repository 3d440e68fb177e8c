using System.Text.Json.Nodes;

namespace Dlcs.Integration.Ops;

/// <summary>What somebody does who has just cloned this: each line is typed as it was printed.</summary>
public sealed class BeingANewUser : IDisposable
{
    private readonly DataFolder folder = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(folder.Path, "data", "admin-key");

    [Fact]
    public async Task sees_the_sample_book_adds_pictures_stops_and_finds_everything_again()
    {
        string manifest;
        await using (var run = await RunningOps.Serve(folder.Path))
        {
            manifest = run.After("manifest");
            (await Canvases(manifest)).ShouldBe(8);
            foreach (var host in (string[])[run.After("API"), run.After("IIIF")])
                foreach (var path in (string[])["", "health/live", "health/ready"])
                    (await http.GetStringAsync(new Uri(new Uri(host), path), ct)).ShouldNotBeEmpty();
            run.After("secret").ShouldStartWith((await File.ReadAllTextAsync(KeyFile, ct)).Trim().Split(':')[1]);
            File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

            var image = await Registered(Curl(run.Said));
            ((string?)image["error"]).ShouldBe("");
            using var pixels = await http.GetAsync($"{image["imageService"]}/full/max/0/default.jpg", ct);
            pixels.IsSuccessStatusCode.ShouldBeTrue();

            await Pictures("01-cover.jpg", "03-folio-1r.tif");
            (await Canvases(await Add())).ShouldBe(2);
            await Pictures("04-folio-1v.jpg");
            (await Canvases(await Add("3 pictures, 1 added, 2 there already."))).ShouldBe(3);
            (await Dlcs("views")).ShouldContain("images");
            (await Dlcs("rebuild", "images")).ShouldContain("swapped");

            (await run.Interrupt()).ShouldBe(0);
            NoDatabaseRuns();
        }

        (await Dlcs("views")).ShouldContain("images ");
        (await Dlcs("rebuild")).Split('\n').Count(line => line.Contains("rebuilt and swapped")).ShouldBe(9);
        NoDatabaseRuns();

        await using var again = await RunningOps.Serve(folder.Path);
        again.Said.ShouldNotContain((await File.ReadAllTextAsync(KeyFile, ct)).Trim().Split(':')[1]);
        (await Canvases(again.After("manifest"))).ShouldBe(8);
        new Uri(again.After("manifest")).AbsolutePath.ShouldBe(new Uri(manifest).AbsolutePath);
    }

    [Fact]
    public async Task makes_a_space_and_registers_an_image_where_there_is_no_sample_book()
    {
        await using var run = await RunningOps.Serve(folder.Path, "--no-samples");

        var (exit, said) = await RunningOps.Run(folder.Path, "bash", "-c", Curl(run.Said, "curl"));

        exit.ShouldBe(0, said);
        said.ShouldContain("\"@type\": \"vocab:Space\"");
        said.ShouldContain("/iiif-img/1/1/one-more");
        said.ShouldContain("\"error\": \"\"");
    }

    [Fact]
    public async Task is_told_where_the_database_went_from_a_folder_that_only_root_may_enter()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root has a folder that only root may enter");
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(folder.Path, ownerOnly);

        await using var run = await RunningOps.Serve(folder.Path, "--no-samples");

        folder.Elsewhere = run.After("database").Split(' ')[0];
        folder.Elsewhere.ShouldStartWith("/var/lib/dlcs/");
    }

    [Fact]
    public async Task leaves_nothing_running_by_an_interruption_while_the_sample_book_is_added()
    {
        await using var run = RunningOps.Start(
            folder.Path, [.. RunningOps.FreePorts, Path.Combine(RunningOps.Root, "ops/run")]);
        var pixels = Path.Combine(folder.Path, "data", "storage");
        while (!Directory.Exists(pixels) || !HasFiles(pixels))
            await Task.Delay(10, ct);

        (await run.Interrupt()).ShouldBe(130);

        run.Said.ShouldNotContain("Ready.");
        NoDatabaseRuns();
    }

    [Fact]
    public async Task is_told_which_port_is_taken()
    {
        await using var run = await RunningOps.Serve(folder.Path, "--no-samples");
        var port = new Uri(run.After("IIIF")).Port;

        var (exit, said) = await RunningOps.Run(
            folder.Path, Path.Combine(RunningOps.Root, "ops/run"), "--data", "other", "--port", $"{port}");

        exit.ShouldBe(2);
        said.Trim().ShouldBe($"Port {port} is taken by another program: choose another one with --port.");
    }

    [Fact]
    public async Task fixes_the_admins_key_by_the_environment()
    {
        const string key = "22d85624-0000-0000-0000-000000000000";
        const string secret = "a-secret-for-automation";
        string[] command =
        [
            .. RunningOps.FreePorts, $"DLCS_ADMIN_KEY={key}", $"DLCS_ADMIN_SECRET={secret}",
            Path.Combine(RunningOps.Root, "ops/dlcs"), "add",
            Path.Combine(RunningOps.Root, "ops/samples"), "--space", "alone", "--string1", "alone",
        ];

        var (exit, said) = await RunningOps.Run(folder.Path, command);

        exit.ShouldBe(0, said);
        said.ShouldContain("8 pictures, 8 added.");
        (await File.ReadAllTextAsync(KeyFile, ct)).Trim().ShouldBe($"{key}:{secret}");
    }

    [Fact]
    public async Task reads_its_own_key_but_not_the_secret_that_was_given()
    {
        const string settings = """
            {
              "DLCS_ADMIN_KEY": "22d85624-0000-0000-0000-000000000000", "DLCS_ADMIN_SECRET": "a-secret-of-my-own",
              "PublicUrl": "https://iiif.example.org", "Samples": false
            }
            """;
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), settings, ct);

        await using var run = await RunningOps.Serve(folder.Path);

        run.After("IIIF").ShouldBe("https://iiif.example.org/");
        run.Said.ShouldNotContain("sample book");
        run.After("key").ShouldBe("22d85624-0000-0000-0000-000000000000");
        run.Said.ShouldNotContain("a-secret-of-my-own");
        (await File.ReadAllTextAsync(KeyFile, ct)).ShouldContain("a-secret-of-my-own");
    }

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    /// <summary>The command as it was printed, over its lines.</summary>
    private static string Curl(string said, string begins = "base64") => string.Join('\n', said.Split('\n')
        .SkipWhile(line => !line.Trim().StartsWith(begins + " ", StringComparison.Ordinal))
        .TakeWhile(line => line.Trim() is not ""));

    private static bool HasFiles(string pixels) =>
        Directory.EnumerateFiles(pixels, "*", SearchOption.AllDirectories).Any();

    private void NoDatabaseRuns() =>
        File.Exists(Path.Combine(folder.Path, "data/postgres/cluster/postmaster.pid")).ShouldBeFalse();

    private async Task<JsonNode> Registered(string command)
    {
        var (exit, said) = await RunningOps.Run(folder.Path, "bash", "-c", command);
        exit.ShouldBe(0, said);
        return JsonNode.Parse(said)!;
    }

    private async Task Pictures(params string[] names)
    {
        var mine = Directory.CreateDirectory(Path.Combine(folder.Path, "my pictures")).FullName;
        foreach (var name in names)
            await File.WriteAllBytesAsync(Path.Combine(mine, name), await Sample(name), ct);
    }

    private Task<byte[]> Sample(string name) =>
        File.ReadAllBytesAsync(Path.Combine(RunningOps.Root, "ops/samples", name), ct);

    private async Task<string> Add(string sentence = "2 pictures, 2 added.")
    {
        var said = await Dlcs("add", "my pictures", "--space", "mine");
        said.ShouldContain(sentence);
        return said.Split('\n').Single(line => line.Contains(" manifest ", StringComparison.Ordinal)).Split(' ')[^1];
    }

    private async Task<string> Dlcs(params string[] command)
    {
        var (exit, said) = await RunningOps.Run(
            folder.Path, [Path.Combine(RunningOps.Root, "ops/dlcs"), .. command]);
        exit.ShouldBe(0, said);
        return said;
    }

    private async Task<int> Canvases(string manifest) =>
        JsonNode.Parse(await http.GetStringAsync(manifest, ct))!["items"]!.AsArray().Count;
}
