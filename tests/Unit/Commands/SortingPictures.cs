using Dlcs.Host.Commands.Adding;

namespace Dlcs.Unit.Commands;

public sealed class SortingPictures
{
    [Theory]
    [InlineData("page 2.jpg", "page 10.jpg")]
    [InlineData("1.tif", "2.tif")]
    [InlineData("9.tif", "10.tif")]
    [InlineData("folio 1r.jpg", "folio 1v.jpg")]
    [InlineData("folio 1v.jpg", "folio 2r.jpg")]
    [InlineData("A1.jpg", "a2.jpg")]
    [InlineData("cover.jpg", "page.jpg")]
    [InlineData("a.jpg", "a1.jpg")]
    [InlineData("99999999999999999999998.jpg", "99999999999999999999999.jpg")]
    public void puts_digits_in_the_order_of_their_numbers(string first, string second)
    {
        NaturalOrder.Comparer.Compare(first, second).ShouldBeLessThan(0);
        NaturalOrder.Comparer.Compare(second, first).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void puts_names_that_count_alike_in_one_order_all_the_same()
    {
        string[] names = ["p01.jpg", "p1.jpg", "P1.jpg", "p001.jpg"];

        names.Order(NaturalOrder.Comparer).ShouldBe(names.Reverse().Order(NaturalOrder.Comparer));
    }
}
