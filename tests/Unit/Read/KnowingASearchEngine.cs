using System.Text;
using System.Text.Json.Nodes;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Elastic;

namespace Dlcs.Unit.Read;

public sealed class KnowingASearchEngine
{
    private static readonly ElasticSettings Settings = new(new("http://search.example.org:9200"), "dlcs");

    [Theory]
    [InlineData("8.14.3", null, "Elasticsearch", true)]
    [InlineData("8.19.0-SNAPSHOT", null, "Elasticsearch", true)]
    [InlineData("8.1.0", null, "Elasticsearch", false)]
    [InlineData("7.10.2", null, "Elasticsearch", false)]
    [InlineData("9.1.0", null, "Elasticsearch", false)]
    [InlineData("2.19.1", "opensearch", "OpenSearch", true)]
    [InlineData("2.4.0", "opensearch", "OpenSearch", false)]
    [InlineData("3.0.0", "opensearch", "OpenSearch", false)]
    [InlineData("8.14.3", "frobsearch", "frobsearch", false)]
    [InlineData("0.1", "frobsearch", "frobsearch", false)]
    [InlineData("next", null, "Elasticsearch", false)]
    public void tells_what_it_was_tested_with(string number, string? distribution, string name, bool tested)
    {
        var product = ElasticProduct.Of(new(new(number, distribution)), Settings);

        (product.Name, product.Version, product.IsTested).ShouldBe((name, number, tested));
    }

    [Theory]
    [InlineData("7.9.3", null, "Elasticsearch 7.9.3")]
    [InlineData("2.3.0", "opensearch", "OpenSearch 2.3.0")]
    [InlineData("1.3.20", "opensearch", "OpenSearch 1.3.20")]
    public void refuses_what_is_too_old(string number, string? distribution, string name)
    {
        var refused = Should.Throw<IndexUnavailableException>(
            () => ElasticProduct.Of(new(new(number, distribution)), Settings));

        refused.Message.ShouldContain($"{name}, which is too old");
        refused.Message.ShouldContain("7.10");
    }

    [Theory]
    [InlineData("8.0.1", null, true)]
    [InlineData("8.1.0", null, false)]
    [InlineData("9.1.0", null, false)]
    [InlineData("2.11.1", "opensearch", true)]
    [InlineData("2.12.0", "opensearch", false)]
    [InlineData("0.1", "frobsearch", false)]
    public void indexes_what_is_looked_at_where_nothing_else_is(string number, string? distribution, bool all)
    {
        var product = ElasticProduct.Of(new(new(number, distribution)), Settings);

        var schema = JsonNode.Parse(IndexSchema.Filling(Settings, product, "feed", Guid.Empty))!;

        var fields = schema["mappings"]!["properties"]!.AsObject();
        var looked = fields.Where(f => f.Value!["index"]?.GetValue<bool>() is false).Select(f => f.Key);
        looked.ShouldBe(all ? [] : ["from_pos", "to_pos", "max_unauthorised"]);
    }

    [Fact]
    public void takes_nothing_else_for_one()
    {
        Should.Throw<IndexUnavailableException>(() => ElasticProduct.Of(new(null), Settings))
            .Message.ShouldContain("search.example.org");
        Should.Throw<IndexUnavailableException>(() => ElasticProduct.Of(new(new(null, null)), Settings));
    }

    [Fact]
    public void sends_single_items_again()
    {
        var request = new BulkRequest();
        foreach (var text in new[] { "first", "second", "third" })
        {
            request.Begin(text);
            request.Write(Encoding.UTF8.GetBytes(text + "\n"));
        }

        var some = request.Only([0, 2]);

        Encoding.UTF8.GetString(some.Lines.Span).ShouldBe("first\nthird\n");
        (some.Items, some.Id(1)).ShouldBe((2, "third"));
        Encoding.UTF8.GetString(some.Only([1]).Lines.Span).ShouldBe("third\n");
    }
}
