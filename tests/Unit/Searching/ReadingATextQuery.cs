using Dlcs.Read.Images.Searching;

namespace Dlcs.Unit.Searching;

public sealed class ReadingATextQuery
{
    /// <summary>Terms with a bar between, a star behind a beginning.</summary>
    private static string Read(string text)
    {
        var (query, fault) = TextQueryParser.Parse(text);
        fault.ShouldBeNull();
        return string.Join(" | ", query!.Terms.Select(t => string.Join(' ', t.Words) + (t.Prefix ? "*" : "")));
    }

    [Theory]
    [InlineData("Folio", "folio")]
    [InlineData("  Folio   recto ", "folio | recto")]
    [InlineData("\"folio recto\" blue", "folio recto | blue")]
    [InlineData("„folio recto“ «blue»", "folio recto | blue")]
    [InlineData("fol* re*", "fol* | re*")]
    [InlineData("\"folio re*\"", "folio re*")]
    [InlineData("\"folio re\"*", "folio re*")]
    [InlineData("\"folio recto", "folio recto")]
    [InlineData("a\"b c\"d", "a | b c | d")]
    [InlineData("Cod.lat.12", "cod lat 12")]
    [InlineData("l'été", "l ete")]
    [InlineData("folio & - recto", "folio | recto")]
    [InlineData("\"\" folio", "folio")]
    [InlineData("山", "山*")]
    [InlineData("富士", "富士")]
    [InlineData("富士山", "富士 士山")]
    [InlineData("富士山*", "富士 士山")]
    [InlineData("\"東京 2024\"", "東京 京 2024")]
    [InlineData("\"in 東京\"", "in 東京")]
    public void takes_words_phrases_and_beginnings(string text, string terms) => Read(text).ShouldBe(terms);

    [Theory]
    [InlineData("", "no word")]
    [InlineData("-- &", "no word")]
    [InlineData("*", "'*' needs the beginning")]
    [InlineData("folio -*", "'*' needs the beginning")]
    [InlineData("fo*lio", "'fo*lio'")]
    [InlineData("*lio", "'*lio'")]
    public void says_what_it_cannot_look_for(string text, string sentence) =>
        TextQueryParser.Parse(text).Fault.ShouldNotBeNull().ShouldContain(sentence);

    [Fact]
    public void has_limits()
    {
        Fault(string.Join(' ', Enumerable.Repeat("a", 33))).ShouldContain("32");
        Fault('"' + string.Join(' ', Enumerable.Repeat("a", 101)) + '"').ShouldContain("100");
        Fault(new string('a', 1001)).ShouldContain("1000");
    }

    private static string Fault(string text) => TextQueryParser.Parse(text).Fault.ShouldNotBeNull();
}
