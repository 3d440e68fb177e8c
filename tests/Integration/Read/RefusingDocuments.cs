using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Read;

/// <summary>The engine answers, and takes no documents: what ails it says nothing of them, and passes.</summary>
[Trait("profile", "cluster")]
public sealed class RefusingDocuments(Postgres postgres, Elasticsearch engine)
    : BesideASearchEngine(postgres, engine)
{
    [Theory]
    [InlineData(403, "security_exception")] // its user may search, and not write
    [InlineData(403, "cluster_block_exception")] // a full disk, of old
    [InlineData(429, "cluster_block_exception")]
    [InlineData(500, "i_o_exception")] // no space left on device
    [InlineData(503, "unavailable_shards_exception")]
    public async Task item_by_item_is_waited_for_and_stops_no_view(int status, string type)
    {
        await Library.Shown(await Library.Fill(3));
        Library.Man.Meddle = (http, body, ask) => BulkItems.IsBulk(http)
            ? Middleman.Answer(http, 200, RefuseEach(body, status, type)) : Middleman.Pass(http, body, ask);

        var position = await Library.Fill(5);
        await Task.Delay(1_500, Ct);
        (await Library.Images()).Parked.ShouldBeNull();
        (await Library.Images()).Shown.ShouldBeLessThan(position);
        Library.Man.Meddle = Middleman.Pass;

        await Library.Shown(position);
        await Library.MustEqualAReplay();
    }

    [Fact]
    public async Task all_together_is_waited_for_by_a_rebuild_too()
    {
        await Library.Shown(await Library.Fill(3));
        var refused = 0;
        Library.Man.Meddle = (http, body, ask) =>
            BulkItems.IsBulk(http) && Interlocked.Increment(ref refused) <= 3
            ? Middleman.Answer(http, 500, """{"error":{"type":"illegal_state_exception","reason":"no"}}""")
            : Middleman.Pass(http, body, ask);

        (await Library.Projected.Rebuild(views: "images")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();

        refused.ShouldBeGreaterThan(3);
        (await Library.Total()).ShouldBe(3);
    }

    [Fact]
    public async Task or_to_make_an_index_is_waited_for_by_a_rebuild_too()
    {
        await Library.Shown(await Library.Fill(3));
        var refused = 0;
        Library.Man.Meddle = (http, body, ask) =>
            http.Request.Method == HttpMethods.Put && Interlocked.Increment(ref refused) <= 6
            ? Middleman.Answer(http, 429, """{"error":{"type":"circuit_breaking_exception","reason":"no room"}}""")
            : Middleman.Pass(http, body, ask);

        (await Library.Projected.Rebuild(views: "images")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();

        refused.ShouldBeGreaterThan(6);
        (await Library.Total()).ShouldBe(3);
    }

    /// <summary>A proxy's limit is often one megabyte, or less.</summary>
    [Fact]
    public async Task by_the_size_of_their_request_is_answered_with_smaller_ones()
    {
        var refused = 0;
        Library.Man.Meddle = async (http, body, ask) =>
        {
            if (body.Length <= 10_000)
            {
                await Middleman.Pass(http, body, ask);
                return;
            }
            refused++;
            await Middleman.Answer(http, 413, "<html>413 Request Entity Too Large</html>");
        };

        await Library.Shown(await Library.Fill(200));

        refused.ShouldBeGreaterThan(0);
        Library.Man.Meddle = Middleman.Pass;
        await Library.MustEqualAReplay();
    }

    private static string RefuseEach(string body, int status, string type)
    {
        var items = body.TrimEnd('\n').Split('\n').Length / 2;
        var all = new JsonArray([.. Enumerable.Range(0, items).Select(_ => (JsonNode)new JsonObject
        {
            ["index"] = new JsonObject
            {
                ["status"] = status,
                ["error"] = new JsonObject { ["type"] = type, ["reason"] = "no" },
            },
        })]);
        return new JsonObject { ["errors"] = true, ["items"] = all }.ToJsonString();
    }
}
