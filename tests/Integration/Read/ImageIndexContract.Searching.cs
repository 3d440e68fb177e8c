using Dlcs.Kernel.Events;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Searching;

namespace Dlcs.Integration.Read;

/// <summary>Words, phrases, beginnings of words.</summary>
public abstract partial class ImageIndexContract
{
    private static TextQuery Text(string text) => TextQueryParser.Parse(text).Query.ShouldNotBeNull();

    private async Task<string> Found(string text) => string.Concat((await Names(
        All() with { Text = Text(text), OrderBy = [new(ImageField.Id)] })));

    [Theory]
    [InlineData("hours", "a")]
    [InlineData("HOURS book", "a")]
    [InlineData("hours map", "")]
    [InlineData("of", "ab")]
    [InlineData("\"book of hours\"", "a")]
    [InlineData("\"hours of book\"", "")]
    [InlineData("\"of hours\" red", "a")]
    [InlineData("hou*", "a")]
    [InlineData("h*", "a")]
    [InlineData("ou*", "")]
    [InlineData("\"book of h*\"", "a")]
    [InlineData("\"map of p*\"", "b")]
    [InlineData("\"book h*\"", "")]
    [InlineData("Bibliotheque", "b")]
    [InlineData("bibliothèque STRASSE", "b")]
    [InlineData("ms-12", "a")]
    [InlineData("12-ms", "")]
    [InlineData("scriptorium", "a")]
    [InlineData("verso", "b")]
    public async Task finds_words_phrases_and_beginnings(string text, string images)
    {
        var book = Some.Image(Some.Id("a"), "Book of Hours", 0, "dark red", "MS 12");
        await Register(book with { String2 = "Scriptorium" });
        var map = Some.Image(Some.Id("b"), "Map of Paris");
        await Register(map with { String2 = "Bibliothèque", String3 = "Straße, verso" });

        (await Found(text)).ShouldBe(images);
    }

    [Theory]
    [InlineData("οδυσσευς", "a")]
    [InlineData("война МИР", "b")]
    [InlineData("محمد", "c")]
    [InlineData("שלום", "d")]
    [InlineData("हिन्दी", "e")]
    [InlineData("हन्दी", "")]
    [InlineData("富士山", "f")]
    [InlineData("士山", "f")]
    [InlineData("山", "f")]
    [InlineData("富山", "")]
    [InlineData("\"富士山 1831\"", "f")]
    [InlineData("ไทย", "g")]
    [InlineData("ย", "g")]
    [InlineData("한국", "h")]
    public async Task finds_words_of_every_script(string text, string images)
    {
        foreach (var (name, string1) in new[]
        {
            ("a", "Ὀδύσσεια, Ὀδυσσεύς"), ("b", "Война и миръ, мир"), ("c", "مُحَمَّد"),
            ("d", "שָׁלוֹם"), ("e", "हिन्दी"), ("f", "富士山 1831"), ("g", "ภาษาไทย"), ("h", "한국의 책"),
        })
            await Register(Some.Image(Some.Id(name), string1));

        (await Found(text)).ShouldBe(images);
    }

    [Fact]
    public async Task searches_the_id_as_a_label()
    {
        await Register(Some.Image(Some.Id("Codex_Aureus-001r.tif")));

        (await Names(All() with { Text = Text("aureus 001*") })).ShouldHaveSingleItem();
        (await Names(All() with { Text = Text("\"codex aureus 001r\"") })).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task lets_no_phrase_cross_from_one_text_to_another()
    {
        await Register(Some.Image(Some.Id("a"), "dark", 0, "red", "blue") with { String2 = "green" });

        foreach (var phrase in new[] { "\"a dark\"", "\"dark green\"", "\"green red\"", "\"red blue\"" })
            (await Names(All() with { Text = Text(phrase) })).ShouldBeEmpty(phrase);
    }

    [Fact]
    public async Task finds_a_word_in_a_very_long_text()
    {
        var text = string.Concat(Enumerable.Repeat("x ", 490)) + "needle";
        await Register(Some.Image(Some.Id("a"), text, 0, [.. Enumerable.Repeat("x y", 99), "last needle*"]));

        (await Names(All() with { Text = Text("needle") })).ShouldHaveSingleItem();
        (await Names(All() with { Text = Text("\"last needle\"") })).ShouldHaveSingleItem();
        (await Names(All() with { Text = Text("\"x x x\"") })).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task finds_what_an_image_is_called_now()
    {
        var id = Some.Id("a");
        await Register(Some.Image(id, "first"));
        await projected.Happen(id.Stream, new ImageDescribed(id, String1: "second"));

        (await Names(All() with { Text = Text("first") })).ShouldBeEmpty();
        (await Names(All() with { Text = Text("second") })).ShouldBe(["a"]);
    }

    [Fact]
    public async Task searches_within_what_else_is_asked_for()
    {
        await Register(Some.Image(Some.Id("a"), "x book", 1));
        await Register(Some.Image(Some.Id("b"), "x map", 1));
        await Register(Some.Image(Some.Id("c", space: 6), "x book", 1));
        await Register(Some.Image(Some.Id("d", customer: 3), "x book", 1));

        var query = All(new Criterion(ImageField.Space, [5L])) with { Text = Text("x"), Take = 1 };
        (await Index.Query(query, Ct)).Total.ShouldBe(2);
        (await Names(query with { Text = Text("book") })).ShouldBe(["a"]);
    }
}
