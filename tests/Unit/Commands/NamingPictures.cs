using Dlcs.Host.Commands.Adding;

namespace Dlcs.Unit.Commands;

public sealed class NamingPictures
{
    [Fact]
    public void begins_each_id_with_the_book_so_that_books_can_share_a_space() =>
        Ids("ms-12", "0001.jpg", "0002.jpg").ShouldBe(["ms-12-0001.jpg", "ms-12-0002.jpg"]);

    [Fact]
    public void does_not_say_the_book_twice() =>
        Ids("b123", "b123_0001.jp2", "cover.jp2").ShouldBe(["b123_0001.jp2", "b123-cover.jp2"]);

    [Fact]
    public void keeps_letters_of_any_script_and_takes_out_what_a_url_would_have_to_escape() =>
        Ids("", "folio 1r.tif", "größe#2?.png", "絵.jpg", "a/../b%2f.gif")
            .ShouldBe(["folio_1r.tif", "größe_2_.png", "絵.jpg", "b_2f.gif"]);

    [Fact]
    public void tells_apart_what_would_come_out_alike()
    {
        var ids = Ids("", "a b.jpg", "a_b.jpg");

        ids.ShouldBeUnique();
        ids.ShouldBe(Ids("", "a b.jpg", "a_b.jpg"));
    }

    [Fact]
    public void counts_them_from_one() =>
        Picture.Name(["x.jpg", "y.jpg"], "").Select(p => p.Number).ShouldBe([1, 2]);

    [Theory]
    [InlineData("a.jpg", true)]
    [InlineData("a.JPEG", true)]
    [InlineData("a.tiff", true)]
    [InlineData("a.jp2", true)]
    [InlineData("a.pdf", true)]
    [InlineData("a.txt", false)]
    [InlineData(".hidden.jpg", false)]
    [InlineData("._a.jpg", false)]
    [InlineData("Thumbs.db", false)]
    public void knows_pictures_by_their_ending(string file, bool isPicture) =>
        Picture.IsPicture("/somewhere/" + file).ShouldBe(isPicture);

    private static List<string> Ids(string prefix, params string[] names) =>
        [.. Picture.Name(names, prefix).Select(p => p.Id)];
}
