using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Unit.Kernel;

public sealed class NamingStreams
{
    [Fact]
    public void names_the_aggregate_by_category_and_id()
    {
        StreamName.Customer(2).Value.ShouldBe("customer-2");
        StreamName.Batch(71).Value.ShouldBe("batch-71");
        new SpaceId(2, 5).Stream.Value.ShouldBe("space-2/5");
        new ImageId(new(2, 5), "folio-1r/verso").Stream.Value.ShouldBe("image-2/5/folio-1r/verso");
        new ImageId(new(2, 5), "folio-1r").Stream.Category.ShouldBe("image");
    }

    /// <summary>SHA-256 of "maps": `printf maps | sha256sum`.</summary>
    [Fact]
    public void hashes_a_name_that_may_be_of_any_length() =>
        StreamName.SpaceName(2, "Maps").Value
            .ShouldBe("spacename-2/325392e8dd2826a53a9a35b7a7f8d71683cd27ebc2c73fee85dab673bc909b67");

    [Theory]
    [InlineData("Maps", "maps")]
    [InlineData("MÄPS", "mäps")]
    [InlineData("\u00C9tude", "E\u0301tude")]
    [InlineData("STRASSE", "Straße")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("ΟΔΟΣ", "οδοσ")]
    public void is_the_same_for_names_that_people_call_equal(string one, string other) =>
        StreamName.NamedQuery(2, one).ShouldBe(StreamName.NamedQuery(2, other));

    [Fact]
    public void is_another_for_another_name_customer_or_kind()
    {
        StreamName[] names =
        [
            StreamName.SpaceName(2, "maps"), StreamName.SpaceName(2, "map"), StreamName.SpaceName(3, "maps"),
            StreamName.NamedQuery(2, "maps"), StreamName.CustomerName("maps"), StreamName.CustomerDisplayName("maps"),
        ];

        names.Distinct().Count().ShouldBe(names.Length);
    }
}
