using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dlcs.Host;
using Dlcs.Integration.Servers;
using Dlcs.Read.Images.Elastic;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.BadDays;

/// <summary>A real Elasticsearch of its own; before it one who speaks https, and lets one user in.</summary>
internal sealed class SickIndex : SickEngine
{
    public const string Password = "sesame-of-the-index";

    private readonly Certificates certificates = new();
    private readonly EngineProcess engine;
    private Middleman man = null!;
    private X509Certificate2? certificate;
    private bool stopped;

    private SickIndex(EngineProcess engine) => this.engine = engine;

    public override string Name => "The image index";

    public static async Task<SickIndex> Start(Elasticsearch engines)
    {
        var index = new SickIndex(await engines.Another());
        index.certificate = index.certificates.For(IPAddress.Loopback);
        index.man = await Middleman.Before(index.engine.Url, index.certificate);
        await index.End();
        return index;
    }

    public override HostSettings Lead(HostSettings settings) => settings with
    {
        Index = new ElasticSettings(man.Url, settings.Prefix)
        {
            Replicas = 0,
            CaFile = certificates.File,
            Username = "dlcs",
            Password = Password,
        },
    };

    public override async Task Begin(Evil evil)
    {
        switch (evil)
        {
            case Evil.Stopped:
                stopped = true;
                await engine.Kill();
                break;
            case Evil.Restarted:
                await engine.Stop();
                await engine.Start();
                break;
            case Evil.Slow:
                man.Meddle = async (http, body, ask) =>
                {
                    await Task.Delay(Slowness, http.RequestAborted);
                    await Guard(http, body, ask, Password);
                };
                break;
            case Evil.Garbage:
                man.Meddle = (http, _, _) => Middleman.Answer(http, 200, "<html>Welcome to nginx!</html>");
                break;
            case Evil.Full:
                await IsFull(true);
                break;
            case Evil.Refusing:
                man.Meddle = (http, body, ask) => Guard(http, body, ask, "another");
                break;
        }
    }

    public override async Task End()
    {
        if (stopped) await engine.Start();
        stopped = false;
        man.Meddle = (http, body, ask) => Guard(http, body, ask, Password);
        await IsFull(false);
    }

    public override string Sentence(Evil evil) => evil switch
    {
        Evil.Slow => "it is slow",
        Evil.Garbage => "answers what no search engine answers",
        Evil.Full => "read-only",
        Evil.Refusing => "refuses these credentials",
        _ => "cannot be reached",
    };

    public override async ValueTask DisposeAsync()
    {
        await man.DisposeAsync();
        await engine.DisposeAsync();
        certificate?.Dispose();
        certificates.Dispose();
    }

    /// <summary>As the engine blocks its indices itself when its disk is almost full; also those to come.</summary>
    private async Task IsFull(bool full)
    {
        using var http = new HttpClient();
        var value = full ? "true" : "null";
        using var indices = Json($$"""{"index.blocks.read_only_allow_delete":{{value}}}""");
        using var those = await http.PutAsync(new Uri(engine.Url, "_all/_settings"), indices, Ct);
        using var cluster = Json($$$"""{"persistent":{"cluster.blocks.read_only_allow_delete":{{{value}}}}}""");
        using var every = await http.PutAsync(new Uri(engine.Url, "_cluster/settings"), cluster, Ct);
        every.EnsureSuccessStatusCode();
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task Guard(
        HttpContext http, string body, Func<string, Task<(int Status, string Body)>> ask, string password)
    {
        var right = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"dlcs:{password}"))}";
        if (http.Request.Headers.Authorization.ToString() != right)
        {
            const string who = """{"error":{"type":"security_exception","reason":"unable to authenticate"}}""";
            await Middleman.Answer(http, 401, who);
            return;
        }
        try
        {
            await Middleman.Pass(http, body, ask);
        }
        catch (HttpRequestException)
        {
            http.Abort(); // there is nobody behind
        }
    }
}
