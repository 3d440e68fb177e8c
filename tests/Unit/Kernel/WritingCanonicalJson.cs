using System.Text;
using Dlcs.Kernel.Events;

namespace Dlcs.Unit.Kernel;

public sealed class WritingCanonicalJson
{
    [Theory]
    [InlineData("""{ "b": 1, "a": 2 }""", """{"a":2,"b":1}""")]
    [InlineData("""{"b":{"d":1,"c":[{"f":1,"e":2}]},"a":null}""", """{"a":null,"b":{"c":[{"e":2,"f":1}],"d":1}}""")]
    [InlineData("[ 3, 1, 2 ]", "[3,1,2]")] // the order of a list is content
    [InlineData("""{"a":1,"B":2,"é":3,"Z":4}""", """{"B":2,"Z":4,"a":1,"é":3}""")] // ordinal, not alphabetical
    [InlineData("""{"aa":"é\n\"<"}""", """{"aa":"é\n\"<"}""")] // what need not be escaped is not
    [InlineData("""{"n":1.50}""", """{"n":1.50}""")] // a number stays as it was written
    [InlineData("\"\"", "\"\"")]
    public void puts_equal_json_into_one_form(string json, string canonical) =>
        Canonical(json).ShouldBe(canonical);

    [Theory]
    [InlineData("""{"a":[1,{"b":true,"c":"x"}],"d":{}}""", """{ "d": { }, "a": [ 1, { "c": "x", "b": true } ] }""")]
    [InlineData("\"\\u00e9\"", "\"é\"")]
    public void is_the_same_however_it_was_written(string one, string other) =>
        Canonical(one).ShouldBe(Canonical(other));

    [Fact]
    public void tells_apart_what_differs() =>
        Canonical("""{"a":[1,2]}""").ShouldNotBe(Canonical("""{"a":[2,1]}"""));

    private static string Canonical(string json) =>
        Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json)));
}
