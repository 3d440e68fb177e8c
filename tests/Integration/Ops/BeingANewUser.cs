using System.Text.Json.Nodes;

namespace Dlcs.Integration.Ops;

/// <summary>What somebody does who has just cloned this: each line is typed as it was printed.</summary>
public sealed class BeingANewUser : IDisposable
{
    private readonly NewUser user = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    private string Folder => user.Folder.Path;

    [Fact]
    public async Task sees_the_sample_book_adds_pictures_stops_and_finds_everything_again()
    {
        string manifest;
        IReadOnlyList<ViewRow> views;
        await using (var run = await RunningOps.Serve(Folder))
        {
            manifest = run.After("manifest");
            (await user.Canvases(manifest)).ShouldBe(8);
            foreach (var viewer in (string[])["Mirador", "Universal Viewer", "Theseus"])
                run.After(viewer).ShouldEndWith($"={Uri.EscapeDataString(manifest)}");
            foreach (var host in (string[])[run.After("API"), run.After("IIIF")])
                foreach (var path in (string[])["", "health/live", "health/ready"])
                    (await user.Http.GetStringAsync(new Uri(new Uri(host), path), ct)).ShouldNotBeEmpty();
            var key = await user.Key();
            run.After("key").ShouldBe(key[0]);
            run.After("secret").ShouldStartWith(key[1]);
            run.Said.Split(key[1]).Length.ShouldBe(2, "it is shown once");
            File.GetUnixFileMode(user.KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

            var image = await user.Registered(NewUser.Curl(run.Said));
            ((string?)image["error"]).ShouldBe("");
            using var pixels = await user.Http.GetAsync($"{image["imageService"]}/full/max/0/default.jpg", ct);
            pixels.IsSuccessStatusCode.ShouldBeTrue();

            await user.Pictures("01-cover.jpg", "03-folio-1r.tif");
            (await user.Canvases(await user.Add())).ShouldBe(2);
            await user.Pictures("04-folio-1v.jpg");
            (await user.Canvases(await user.AddOnATerminal("3 pictures, 1 added, 2 there already."))).ShouldBe(3);
            await AddsByNamedQueries(run);
            (await Views(run)).ShouldAllBe(view => view.Generation == 1 && view.State == "follows");
            (await user.Dlcs("rebuild", "images")).ShouldContain("swapped");
            views = await Views(run);
            views.ShouldAllBe(view => view.Generation == (view.View == "images" ? 2 : 1));

            (await run.Interrupt()).ShouldBe(0);
            user.NoDatabaseRuns();
        }

        ViewRow.Of(await user.Dlcs("views")).ShouldBe(views);
        (await user.Dlcs("rebuild")).Split('\n').Count(line => line.Contains("rebuilt and swapped")).ShouldBe(9);
        user.NoDatabaseRuns();

        await using var again = await RunningOps.Serve(Folder);
        again.After("key").ShouldBe((await user.Key())[0]);
        again.Said.ShouldNotContain((await user.Key())[1]);
        (await user.Canvases(again.After("manifest"))).ShouldBe(8);
        new Uri(again.After("manifest")).AbsolutePath.ShouldBe(new Uri(manifest).AbsolutePath);
    }

    /// <summary>One that is not there is defined; one that is there gets the arguments that it takes.</summary>
    private async Task AddsByNamedQueries(RunningOps run)
    {
        const string there = "3 pictures, 3 there already.";
        foreach (var _ in (string[])["defines it", "uses it"])
        {
            var made = await user.Add(there, "--named-query", "sheets");
            new Uri(made).AbsolutePath.ShouldMatch("^/iiif-resource/1/sheets/[0-9]+/my%20pictures$");
            (await user.Canvases(made)).ShouldBe(3);
        }

        await user.Define(run, new JsonObject
        { ["name"] = "backwards", ["template"] = "canvas=n1&s1=p1&spacename=p2" });
        var used = await user.Add(there, "--named-query", "backwards");
        new Uri(used).AbsolutePath.ShouldBe("/iiif-resource/1/backwards/my%20pictures/mine");
        (await user.Canvases(used)).ShouldBe(3);
    }

    [Fact]
    public async Task makes_a_space_and_registers_an_image_where_there_is_no_sample_book()
    {
        await using var run = await RunningOps.Serve(Folder, "--no-samples");

        var (exit, said) = await RunningOps.Run(Folder, "bash", "-c", NewUser.Curl(run.Said, "curl"));

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
        File.SetUnixFileMode(Folder, ownerOnly);

        await using var run = await RunningOps.Serve(Folder, "--no-samples");

        user.Folder.Elsewhere = run.After("database").Split(' ')[0];
        user.Folder.Elsewhere.ShouldStartWith("/var/lib/dlcs/");
    }

    [Fact]
    public async Task leaves_nothing_running_by_an_interruption_while_the_sample_book_is_added()
    {
        await using var run = RunningOps.Start(
            Folder, [.. RunningOps.FreePorts, Path.Combine(RunningOps.Root, "ops/run")]);
        var pixels = Path.Combine(Folder, "data", "storage");
        while (!Directory.Exists(pixels) || !HasFiles(pixels))
            await Task.Delay(10, ct);

        (await run.Interrupt()).ShouldBe(130);

        run.Said.ShouldNotContain("Ready.");
        user.NoDatabaseRuns();
    }

    [Fact]
    public async Task is_told_which_port_is_taken()
    {
        await using var run = await RunningOps.Serve(Folder, "--no-samples");
        var port = new Uri(run.After("IIIF")).Port;

        var (exit, said) = await RunningOps.Run(
            Folder, Path.Combine(RunningOps.Root, "ops/run"), "--data", "other", "--port", $"{port}");

        exit.ShouldBe(2);
        said.Trim().Split('\n')[^1].ShouldBe(
            $"Port {port} is taken by another program: choose another one with --port.");
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

        var (exit, said) = await RunningOps.Run(Folder, command);

        exit.ShouldBe(0, said);
        said.ShouldContain("8 pictures, 8 added.");
        (await File.ReadAllTextAsync(user.KeyFile, ct)).Trim().ShouldBe($"{key}:{secret}");
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
        await File.WriteAllTextAsync(Path.Combine(Folder, "appsettings.json"), settings, ct);

        await using var run = await RunningOps.Serve(Folder);

        run.After("IIIF").ShouldBe("https://iiif.example.org/");
        run.Said.ShouldNotContain("sample book");
        run.After("key").ShouldBe("22d85624-0000-0000-0000-000000000000");
        run.Said.ShouldNotContain("a-secret-of-my-own");
        (await File.ReadAllTextAsync(user.KeyFile, ct)).ShouldContain("a-secret-of-my-own");
    }

    public void Dispose() => user.Dispose();

    private static bool HasFiles(string pixels) =>
        Directory.EnumerateFiles(pixels, "*", SearchOption.AllDirectories).Any();

    /// <summary>Both tell the same, once all is done.</summary>
    private async Task<IReadOnlyList<ViewRow>> Views(RunningOps run)
    {
        for (var tries = 0; ; tries++)
        {
            var rows = ViewRow.Of(await user.Dlcs("views"));
            var health = JsonNode.Parse(await user.Http.GetStringAsync(new Uri(new(run.After("API")), "health"), ct))!;
            var told = health["views"]!.AsArray().Select(v => ((string)v!["view"]!, (long)v["position"]!)).ToList();
            if (rows.All(row => row.Lag is 0) && told.SequenceEqual(rows.Select(row => (row.View, row.Position))))
                return rows;
            tries.ShouldBeLessThan(30, $"{health} {string.Join('\n', rows)}");
        }
    }
}
