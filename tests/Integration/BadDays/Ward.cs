using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dlcs.Integration.Journeys;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.BadDays;

/// <summary>Engines that can fall ill, and an installation on them.</summary>
public sealed class Ward(Postgres postgres, Ceph ceph, Elasticsearch engines) : IAsyncDisposable
{
    private Installation? dlcs;

    public Installation Dlcs => dlcs!;

    internal SickLog Log { get; private set; } = null!;

    internal SickIndex Index { get; private set; } = null!;

    internal SickStorage Storage { get; private set; } = null!;

    internal SickDatabase Database { get; private set; } = null!;

    internal SickEngine[] Far => [Log, Index, Storage];

    internal Watch Watch { get; private set; } = null!;

    /// <summary>None before <see cref="Open"/>; not all where one could not be had.</summary>
    private IEnumerable<SickEngine> Running => ((SickEngine?[])[Log, Index, Storage, Database]).OfType<SickEngine>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Starts the engines that do not run yet. Skips the test where one cannot be had.</summary>
    public async Task Open()
    {
        Index ??= await SickIndex.Start(engines);
        Storage ??= await SickStorage.Start(ceph);
        Log ??= await SickLog.Start();
        Database ??= await SickDatabase.Start(postgres);
    }

    /// <summary>Whichever engine is ill is well again.</summary>
    public async Task Heal()
    {
        foreach (var engine in Running) await engine.End();
    }

    /// <summary>Starts a new installation on them.</summary>
    public async Task Start()
    {
        await Stop();
        var settings = Installation.NewSettings() with
        { Workers = 2, CacheBytes = 0, Prefix = $"t{Guid.CreateVersion7():N}"[..20] };
        foreach (var engine in Running) settings = engine.Lead(settings);
        dlcs = await Installation.Begin(settings);
        Watch = new(
            dlcs.Heard, SickLog.Password, SickIndex.Password, CephCluster.Secret, settings.AdminKey!.Secret);
    }

    public async Task Stop()
    {
        if (dlcs is not null) await dlcs.DisposeAsync();
        dlcs = null;
    }

    public Task<HttpResponseMessage> Get(string path) => Dlcs.Api.GetAsync(path, Ct);

    public Task<HttpResponseMessage> Patch(string image, string string2) => Send(
        HttpMethod.Patch, $"/customers/1/spaces/1/images/{image}", new JsonObject { ["string2"] = string2 });

    /// <summary>An image that brings its own bytes.</summary>
    public Task<HttpResponseMessage> Upload(string image) => Send(
        HttpMethod.Put, $"/customers/1/spaces/1/images/{image}",
        new JsonObject { ["file"] = ImageApi.Picture.File(64, 48) });

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, JsonNode body, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Prefer", "respond-async");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await Dlcs.Api.SendAsync(request, Ct);
    }

    /// <summary>The answer that says when to come again; or that status, where that is allowed.</summary>
    public static async Task Refuses(Task<HttpResponseMessage> asked, HttpStatusCode? or = null)
    {
        using var answer = await asked;
        if (answer.StatusCode == or) return;
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, await Text(answer));
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    public static async Task Answers(Task<HttpResponseMessage> asked, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await asked;
        answer.StatusCode.ShouldBe(status, await Text(answer));
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        foreach (var engine in Running) await engine.DisposeAsync();
    }

    private static async Task<string> Text(HttpResponseMessage answer) =>
        $"{answer.RequestMessage?.RequestUri} {await answer.Content.ReadAsStringAsync(Ct)}";
}
