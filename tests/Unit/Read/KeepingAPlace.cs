using System.Text;
using Dlcs.Read.Images;

namespace Dlcs.Unit.Read;

public sealed class KeepingAPlace
{
    private static readonly ImageView View = new(
        Some.Image with { Id = new(new(2, 5), "a/ü \U00020BB7"), String1 = "“Ω” \"&" },
        new(2026, 3, 1, 0, 0, 0, 123, 456, TimeSpan.Zero), 0, null, []);

    public static TheoryData<ImageField> Orders =>
        [.. ImageFields.All.Where(f => !f.IsList).Select(f => f.Field)];

    [Theory]
    [MemberData(nameof(Orders))]
    public void gives_back_what_it_was_given(ImageField field)
    {
        foreach (var order in new Order[] { new(field), new(field, Descending: true) })
        {
            var cursor = Cursor.At(View, [order]);
            var read = CursorText.Read(CursorText.Write(cursor, order), order).ShouldNotBeNull();

            read.Values.ShouldBe(cursor.Values);
            read.Id.ShouldBe(cursor.Id);
        }
    }

    [Fact]
    public void gives_back_the_longest_there_can_be()
    {
        var view = View with
        {
            Image = Some.Image with
            {
                Id = new(new(int.MaxValue, int.MaxValue), string.Concat(Enumerable.Repeat("é", 200))),
                String1 = string.Concat(Enumerable.Repeat("\U00020BB7", 400)),
            },
        };
        var order = new Order(ImageField.String1);

        CursorText.Read(CursorText.Write(Cursor.At(view, [order]), order), order).ShouldNotBeNull();
    }

    [Fact]
    public void needs_no_escaping_in_a_url() =>
        CursorText.Write(Cursor.At(View, [new(ImageField.String1)]), new(ImageField.String1))
            .ShouldMatch("^[A-Za-z0-9_-]+$");

    [Fact]
    public void puts_what_has_no_value_behind_everything() =>
        Cursor.At(View, [new(ImageField.Finished), new(ImageField.Batch)]).Values
            .ShouldBe([Cursor.Nothing, Cursor.Nothing]);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[\"Number1\",1,\"2/5/a\"]")]
    [InlineData("[\"-String1\",\"x\",\"2/5/a\"]")]
    [InlineData("[\"String1\",1,\"2/5/a\"]")]
    [InlineData("[\"String1\",\"x\",\"2/a\"]")]
    [InlineData("[\"String1\",\"x\\u0000\",\"2/5/a\"]")]
    [InlineData("[\"String1\",\"\\ud800\",\"2/5/a\"]")]
    public void is_refused_when_it_is_no_place_in_the_order(string json) =>
        CursorText.Read(Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('='), new(ImageField.String1))
            .ShouldBeNull();

    [Fact]
    public void sorts_long_texts_by_whole_characters()
    {
        var text = string.Concat(Enumerable.Repeat("\U00020BB7", 150)) + new string('x', 100);

        ImageFields.Sorted(text).EnumerateRunes().Count().ShouldBe(ImageFields.SortedLength);
        ImageFields.Sorted(new string('x', 200)).Length.ShouldBe(200);
        text.ShouldStartWith(ImageFields.Sorted(text));
    }
}
