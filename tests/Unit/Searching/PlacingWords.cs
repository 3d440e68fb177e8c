using Dlcs.Read.Images;
using Dlcs.Read.Images.Searching;
using Dlcs.Unit.Read;

namespace Dlcs.Unit.Searching;

public sealed class PlacingWords
{
    private static ImageView View(string string1, params string[] tags) => new(
        Some.Image with { String1 = string1, Tags = tags }, DateTimeOffset.UnixEpoch, 0, null, []);

    [Fact]
    public void counts_the_id_as_the_label_and_lets_no_phrase_cross_from_text_to_text() =>
        ImageWords.Of(View("Book of Hours", "dark red", "blue")).Select(w => $"{w.Text}:{w.Position}").ShouldBe([
            "folio:1", "1r:2", "book:4", "of:5", "hours:6", "dark:10", "red:11", "blue:13",
        ]);

    [Fact]
    public void gives_one_line_to_engines_that_count_themselves() =>
        ImageWords.Line(View("Book of Hours", "dark red", "blue"))
            .ShouldBe("_ folio 1r _ book of hours _ _ _ dark red _ blue");

    [Fact]
    public void keeps_within_what_every_engine_numbers()
    {
        var tags = Enumerable.Repeat(string.Concat(Enumerable.Repeat("富士", 50)), 100).ToArray();
        var words = ImageWords.Of(View(string.Concat(Enumerable.Repeat("a ", 500)), tags));

        words.Max(w => w.Position).ShouldBeLessThanOrEqualTo(ImageWords.LastPosition);
        words.CountBy(w => w.Text).Max(w => w.Value).ShouldBe(ImageWords.MostPlaces);
        words.Select(w => w.Position).ShouldBeInOrder(SortDirection.Ascending);
    }
}
