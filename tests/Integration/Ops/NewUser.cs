using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Dlcs.Integration.Ops;

/// <summary>Somebody with a folder and a terminal, who types what was printed.</summary>
internal sealed class NewUser : IDisposable
{
    public DataFolder Folder { get; } = new();

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public string KeyFile => Path.Combine(Folder.Path, "data", "admin-key");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The command as it was printed, over its lines.</summary>
    public static string Curl(string said, string begins = "base64") => string.Join('\n', said.Split('\n')
        .SkipWhile(line => !line.Trim().StartsWith(begins + " ", StringComparison.Ordinal))
        .TakeWhile(line => line.Trim() is not ""));

    /// <summary>The administrator's, and its secret.</summary>
    public async Task<string[]> Key() => (await File.ReadAllTextAsync(KeyFile, Ct)).Trim().Split(':');

    public void NoDatabaseRuns() =>
        File.Exists(Path.Combine(Folder.Path, "data/postgres/cluster/postmaster.pid")).ShouldBeFalse();

    public async Task<JsonNode> Registered(string command)
    {
        var (exit, said) = await RunningOps.Run(Folder.Path, "bash", "-c", command);
        exit.ShouldBe(0, said);
        return JsonNode.Parse(said)!;
    }

    /// <summary>Puts pages of the sample book among the own ones.</summary>
    public async Task Pictures(params string[] names)
    {
        var mine = Directory.CreateDirectory(Path.Combine(Folder.Path, "my pictures")).FullName;
        foreach (var name in names)
            await File.WriteAllBytesAsync(Path.Combine(mine, name), await Sample(name), Ct);
    }

    /// <summary>Adds the own pictures.</summary>
    /// <returns>The URL of the manifest that it prints.</returns>
    public async Task<string> Add(string sentence = "2 pictures, 2 added.", params string[] more) =>
        Manifest(await Dlcs(["add", "my pictures", "--space", "mine", .. more]), sentence);

    /// <summary>The same, before somebody's eyes.</summary>
    public async Task<string> AddOnATerminal(string sentence)
    {
        var line = $"'{RunningOps.Root}/ops/dlcs' add 'my pictures' --space mine";
        var (exit, said) = await RunningOps.Run(
            Folder.Path, "script", "--quiet", "--return", "--command", line, "/dev/null");
        exit.ShouldBe(0, said);
        foreach (var bar in (string[])["sent", "processed"])
            said.Split('\r', '\n').ShouldContain(l => l.Contains(bar, StringComparison.Ordinal) && l.Contains("100%"));
        return Manifest(said, sentence);
    }

    /// <summary>A named query.</summary>
    public async Task Define(RunningOps run, JsonObject query)
    {
        var key = Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Join(':', await Key())));
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(new Uri(run.After("API")), "customers/1/namedQueries"))
        { Content = JsonContent.Create(query) };
        request.Headers.Authorization = new("Basic", key);
        using var answer = await Http.SendAsync(request, Ct);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<string> Dlcs(params string[] command)
    {
        var (exit, said) = await RunningOps.Run(
            Folder.Path, [Path.Combine(RunningOps.Root, "ops/dlcs"), .. command]);
        exit.ShouldBe(0, said);
        return said;
    }

    public async Task<int> Canvases(string manifest) =>
        JsonNode.Parse(await Http.GetStringAsync(manifest, Ct))!["items"]!.AsArray().Count;

    public void Dispose()
    {
        Http.Dispose();
        Folder.Dispose();
    }

    private static string Manifest(string said, string sentence)
    {
        said.ShouldContain(sentence);
        return said.Split('\n').Single(line => line.Contains(" manifest ", StringComparison.Ordinal))
            .Trim().Split(' ')[^1];
    }

    private static Task<byte[]> Sample(string name) =>
        File.ReadAllBytesAsync(Path.Combine(RunningOps.Root, "ops/samples", name), Ct);
}
