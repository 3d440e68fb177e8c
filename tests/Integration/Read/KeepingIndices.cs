using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;
using Dlcs.Read.Images.Elastic;

namespace Dlcs.Integration.Read;

/// <summary>What stands in the engine, for whoever looks at it there.</summary>
public abstract class KeepingIndices(Postgres postgres, SearchEngine engine) : BesideASearchEngine(postgres, engine)
{
    [Fact]
    public async Task whose_engine_refuses_a_document_with_a_field_that_nobody_knows()
    {
        await Library.Shown(await Library.Fill(1));
        var names = new IndexNames(Library.Settings.Prefix, (await Library.Images()).Number);
        using var http = new HttpClient { BaseAddress = Library.Settings.Url };

        foreach (var index in (string[])[names.Now, names.Was])
        {
            foreach (var (field, status) in new[]
            {
                ("key", HttpStatusCode.Created), ("hue", HttpStatusCode.BadRequest),
            })
            {
                using var document = new StringContent($$"""{"{{field}}":"x"}""", Encoding.UTF8, "application/json");
                using var answer = await http.PostAsync(new Uri($"{index}/_doc", UriKind.Relative), document, Ct);

                answer.StatusCode.ShouldBe(status);
                if (status is HttpStatusCode.BadRequest)
                    (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("strict_dynamic_mapping_exception");
            }
        }
    }

    [Fact]
    public async Task whose_names_for_people_are_the_live_generations_through_a_rebuild()
    {
        await Library.Shown(await Library.Fill(3));
        var before = (await Library.Images()).Number;
        (await Named()).ShouldBe(Both(before));
        var swaps = new List<string>();
        Library.Man.Meddle = (http, body, ask) =>
        {
            if (http.Request.Path.Value!.Contains("_alias", StringComparison.Ordinal))
                lock (swaps) swaps.Add(body);
            return Middleman.Pass(http, body, ask);
        };

        var seen = new HashSet<string>();
        var rebuilding = Library.Projected.Rebuild(views: "images");
        while (!rebuilding.IsCompleted) seen.Add(await Named());
        (await rebuilding).ShouldHaveSingleItem().Swapped.ShouldBeTrue();

        var after = (await Library.Images()).Number;
        after.ShouldBeGreaterThan(before);
        (await Named()).ShouldBe(Both(after));
        seen.ShouldBeSubsetOf([Both(before), Both(after)]);
        var names = new IndexNames(Library.Settings.Prefix, after);
        swaps.ShouldNotBeEmpty();
        foreach (var swap in swaps)
        {
            foreach (var name in (string[])[names.Now, names.Was, names.Alias, names.AliasWas])
                swap.ShouldContain($"\"{name}\"");
            JsonNode.Parse(swap)!["actions"]!.AsArray().Count.ShouldBe(4);
        }
    }

    [Fact]
    public async Task whose_names_follow_a_rebuild_as_soon_as_the_engine_lets_them()
    {
        await Library.Shown(await Library.Fill(3));
        var (refuses, refused) = (true, 0);
        Library.Man.Meddle = (http, body, ask) =>
        {
            if (!http.Request.Path.Value!.Contains("_alias", StringComparison.Ordinal) || !refuses)
                return Middleman.Pass(http, body, ask);
            Interlocked.Increment(ref refused);
            return Middleman.Answer(http, 401, """{"error":{"type":"security_exception","reason":"who?"}}""");
        };

        (await Library.Projected.Rebuild(views: "images")).ShouldHaveSingleItem().Swapped.ShouldBeTrue();

        var names = Both((await Library.Images()).Number);
        refused.ShouldBeGreaterThan(0);
        (await Named()).ShouldNotBe(names);
        refuses = false;
        for (var tries = 0; await Named() != names; tries++)
        {
            tries.ShouldBeLessThan(300, "nobody moves them");
            await Task.Delay(100, Ct);
        }
    }

    private string Both(int generation)
    {
        var names = new IndexNames(Library.Settings.Prefix, generation);
        return $"{names.Alias}: {names.Now}, {names.AliasWas}: {names.Was}";
    }

    /// <summary>Which indices the names stand for, at one moment.</summary>
    private async Task<string> Named()
    {
        using var http = new HttpClient { BaseAddress = Library.Settings.Url };
        var names = new IndexNames(Library.Settings.Prefix, 0);
        var indices = (await http.GetFromJsonAsync<JsonObject>(
            new Uri($"{Library.Settings.Prefix}-*/_alias", UriKind.Relative), Ct))!;
        return string.Join(", ", new[] { names.Alias, names.AliasWas }.Select(alias => $"{alias}: " + string.Join(
            '+', indices.Where(i => i.Value!["aliases"]!.AsObject().ContainsKey(alias)).Select(i => i.Key).Order())));
    }
}
