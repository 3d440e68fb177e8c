using System.Net;
using Dlcs.Host;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>Whatever its roles are, each of a process's two hosts says what it is there for.</summary>
public sealed class OpeningTheFrontPages(Postgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Roles.All, "EntryPoint", "iiif-img")]
    [InlineData(Roles.Write, "EntryPoint", "Ask one that takes part in iiif")]
    [InlineData(Roles.Read | Roles.Write, "EntryPoint", "it takes part in write, read")]
    [InlineData(Roles.Iiif, "write or read", "iiif-img")]
    [InlineData(Roles.Processing, "write or read", "it takes part in processing")]
    public async Task says_what_is_there(Roles roles, string api, string pub)
    {
        await using var dlcs = await Installation.Begin(
            Installation.NewSettings() with { Postgres = await postgres.NewDatabase(), Roles = roles });

        (await Page(dlcs.Api)).ShouldContain(api);
        var page = await Page(dlcs.Public);
        page.ShouldContain(pub);
        page.Contains("/iiif-img/", StringComparison.Ordinal).ShouldBe(roles.HasFlag(Roles.Iiif));
    }

    private static async Task<string> Page(HttpClient host)
    {
        using var stranger = new HttpClient { BaseAddress = host.BaseAddress };
        using var answer = await stranger.GetAsync("/", Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(Ct);
    }
}
