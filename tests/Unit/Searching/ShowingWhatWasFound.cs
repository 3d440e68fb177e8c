using System.Net;
using System.Text.RegularExpressions;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Searching;
using Dlcs.Unit.Read;

namespace Dlcs.Unit.Searching;

public sealed partial class ShowingWhatWasFound
{
    private static IReadOnlyList<Highlight> Find(string query, string string1, params string[] tags)
    {
        var image = Some.Image with { String1 = string1, Tags = tags };
        var view = new ImageView(image, DateTimeOffset.UnixEpoch, 0, null, []);
        return Highlights.Of(view, TextQueryParser.Parse(query).Query.ShouldNotBeNull());
    }

    private static string Shown(string query, string string1) =>
        Find(query, string1).ShouldHaveSingleItem().Fragments.ShouldHaveSingleItem();

    [Theory]
    [InlineData("hours", "Book of Hours", "Book of <em>Hours</em>")]
    [InlineData("dvorak", "Antonín Dvořák, 1878", "Antonín <em>Dvořák</em>, 1878")]
    [InlineData("dvorak", "Dvor\u030ca\u0301k", "<em>Dvor\u030ca\u0301k</em>")]
    [InlineData("hou*", "Hours, house", "<em>Hours</em>, <em>house</em>")]
    [InlineData("\"of hours\"", "hours of hours", "hours <em>of</em> <em>hours</em>")]
    [InlineData("MS-12", "MS 12, MS 13", "<em>MS</em> <em>12</em>, MS 13")]
    [InlineData("富士山", "これは富士山です", "これは<em>富士山</em>です")]
    [InlineData("山", "富士山と山", "富士<em>山</em>と<em>山</em>")]
    [InlineData("a", "<b>A & \"B\"</b>", "&lt;b&gt;<em>A</em> &amp; &quot;B&quot;&lt;/b&gt;")]
    public void marks_the_words_in_the_text_as_it_was_written(string query, string text, string html) =>
        Shown(query, text).ShouldBe(html);

    [Fact]
    public void names_the_fields_and_leaves_out_the_others() =>
        Find("folio red", "no", "dark red", "blue", "red").ShouldBe(
            [new("id", ["<em>folio</em>-1r"]), new("tags", ["dark <em>red</em>", "<em>red</em>"])],
            new ByFragments());

    [Fact]
    public void cuts_through_nothing_that_was_found()
    {
        const string library = "東京都立図書館";
        var text = $"{library}{new string('山', 187)}{library}{new string('川', 60)}";

        var fragments = Find(library, text).ShouldHaveSingleItem().Fragments;

        string.Concat(fragments).Split($"<em>{library}</em>").Length.ShouldBe(3);
    }

    [Fact]
    public void cuts_long_texts_around_what_was_found()
    {
        var filler = string.Concat(Enumerable.Repeat("lorem ipsum ", 30));
        var fragments = Find("hours", $"{filler}Hours {filler}{filler}Hours & {filler}")
            .ShouldHaveSingleItem().Fragments;

        fragments.Count.ShouldBe(2);
        foreach (var fragment in fragments)
        {
            fragment.ShouldContain("<em>Hours</em>");
            fragment.ShouldStartWith("…");
            WebUtility.HtmlDecode(Tags().Replace(fragment, "")).Length.ShouldBeLessThan(300);
        }
    }

    [GeneratedRegex("</?em>")]
    private static partial Regex Tags();

    private sealed class ByFragments : IEqualityComparer<Highlight>
    {
        public bool Equals(Highlight? x, Highlight? y) =>
            x!.Field == y!.Field && x.Fragments.SequenceEqual(y.Fragments);

        public int GetHashCode(Highlight obj) => obj.Field.GetHashCode(StringComparison.Ordinal);
    }
}
