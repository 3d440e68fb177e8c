using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;
using Dlcs.Read.Images;

namespace Dlcs.Integration.Read;

/// <summary>Queries of an engine that cannot do all that it is asked.</summary>
[Trait("profile", "cluster")]
public sealed class AskingASickEngine(Postgres postgres, Elasticsearch engine) : BesideASearchEngine(postgres, engine)
{
    [Theory]
    [InlineData("""{"_shards":{"total":2,"successful":1,"failed":1}}""")]
    [InlineData("""{"timed_out":true}""")]
    public async Task what_some_shards_found_is_taken_for_no_answer(string part)
    {
        await Library.Shown(await Library.Fill(3));
        Library.Man.Meddle = async (http, body, ask) =>
        {
            var (status, answer) = await ask(body);
            if (!http.Request.Path.Value!.EndsWith("/_search", StringComparison.Ordinal))
            {
                await Middleman.Answer(http, status, answer);
                return;
            }
            http.Request.QueryString.Value.ShouldNotBeNull().ShouldContain("allow_partial_search_results=false");
            var told = JsonNode.Parse(answer)!.AsObject();
            foreach (var (name, value) in JsonNode.Parse(part)!.AsObject()) told[name] = value!.DeepClone();
            await Middleman.Answer(http, status, told.ToJsonString());
        };

        (await Should.ThrowAsync<IndexUnavailableException>(Library.Total()))
            .Message.ShouldContain("some of its shards");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task one_that_is_too_busy_for_a_moment_is_asked_again(int status)
    {
        var id = Some.Id("a");
        await Library.Shown(await Library.Append(id, Some.Registered(Some.Image(id, "first"))));
        var refused = new ConcurrentDictionary<string, bool>();
        Library.Man.Meddle = (http, body, ask) => refused.TryAdd(http.Request.Path.Value!, true)
            ? Middleman.Answer(http, status, """{"error":{"type":"es_rejected_execution_exception","reason":"full"}}""")
            : Middleman.Pass(http, body, ask);

        (await Library.Total()).ShouldBe(1);
        (await Library.Projected.Images.Find(id, null, Ct)).ShouldNotBeNull().Image.String1.ShouldBe("first");

        refused.Keys.Select(path => path.Split('/')[^1]).ShouldBe(["_search", "_mget"], ignoreOrder: true);
    }
}
