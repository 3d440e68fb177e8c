using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Integration.Read;

/// <summary>An engine that says it is older than those that this is tested with, and cannot what those can.</summary>
[Trait("profile", "cluster")]
public sealed class UsingAnOlderEngine(Postgres postgres, Elasticsearch engine)
{
    private const string Older = """{"version":{"number":"7.10.2"}}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task keeps_and_finds_images_and_their_past()
    {
        var settings = await engine.Settings();
        var refused = 0;
        await using (var library = await SearchLibrary.Open(postgres, settings, meddle: (http, body, ask) =>
        {
            if (http.Request.Path == "/") return Middleman.Answer(http, 200, Older);
            if (!IsTooMuch(body)) return Middleman.Pass(http, body, ask);
            Interlocked.Increment(ref refused);
            return Middleman.Answer(http, 400, """{"error":{"type":"parse_exception","reason":"unknown"}}""");
        }))
        {
            var id = Some.Id("a");
            var first = await library.Append(id, Some.Registered(Some.Image(id, "first")));
            await library.Shown(await library.Append(id, new ImageDescribed(id, String1: "second")));
            await library.Shown(await library.Fill(3));

            (await library.Projected.Images.Find(id, null, Ct)).ShouldNotBeNull().Image.String1.ShouldBe("second");
            (await library.Projected.Images.Find(id, first, Ct)).ShouldNotBeNull().Image.String1.ShouldBe("first");
            (await library.Total()).ShouldBe(4);
            var past = new ImageQuery(2, [new(ImageField.MaxUnauthorised, [-1])], [], Take: 10) { AsOf = first };
            (await library.Projected.Images.Query(past, Ct)).Total.ShouldBe(1);
            await library.MustEqualAReplay();
        }
        await engine.Forget(settings);
        refused.ShouldBe(0);
    }

    /// <summary>Numbers that are looked at without an index, and aliases that may lack.</summary>
    private static bool IsTooMuch(string body) =>
        body.Contains("must_exist", StringComparison.Ordinal)
        || body.Contains("""
            "long","index":false
            """, StringComparison.Ordinal);
}
