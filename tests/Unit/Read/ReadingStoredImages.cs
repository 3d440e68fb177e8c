using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dlcs.Read.Images.Elastic;

namespace Dlcs.Unit.Read;

/// <summary>Documents of images as a search engine gives them back.</summary>
public sealed class ReadingStoredImages
{
    private const string Doc = """
        {"image":{"id":"2/5/é\u0022","family":"I","deliveryChannels":[],"string1":"a \"b\"","string2":"","string3":"",
        "number1":1,"number2":0,"number3":0,"tags":[],"roles":[],"manifests":[],"maxUnauthorised":-1},
        "created":"2026-01-01T00:00:00+00:00","revision":0,"batches":[],"ingesting":true,"error":""}
        """;

    [Fact]
    public void gives_the_same_whether_the_document_is_a_text_or_as_in_an_index_of_old_an_object()
    {
        var text = JsonSerializer.Serialize(Doc);

        Stored($$"""{"from_pos":7,"from_at":8,"doc":{{text}}}""").ShouldBe(Doc);
        Stored($$"""{"from_pos":7,"from_at":8,"doc":{{Doc}}}""").ShouldBe(Doc.TrimEnd());
        foreach (var doc in new[] { text, Doc })
        {
            var view = Read($$"""{"doc":{{doc}}}""", ElasticJson.Default.SearchAnswerShownImage).Doc.ShouldNotBeNull();
            (view.Id.Name, view.Image.String1, view.Image.MaxUnauthorised).ShouldBe(("é\"", "a \"b\"", -1));
        }
        Read("""{"from_pos":7}""", ElasticJson.Default.SearchAnswerStoredImage).Doc.ShouldBeNull();
    }

    private static string Stored(string source) =>
        Encoding.UTF8.GetString(Read(source, ElasticJson.Default.SearchAnswerStoredImage).Doc.ShouldNotBeNull());

    private static T Read<T>(string source, JsonTypeInfo<SearchAnswer<T>> type)
        where T : class
    {
        var answer = $$$"""{"hits":{"hits":[{"_id":"2/5/x","_version":1,"_source":{{{source}}}}]}}""";
        return JsonSerializer.Deserialize(answer, type).ShouldNotBeNull().Found[0].Source.ShouldNotBeNull();
    }
}
