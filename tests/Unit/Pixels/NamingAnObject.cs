using Dlcs.Kernel.Storage;

namespace Dlcs.Unit.Pixels;

public sealed class NamingAnObject
{
    [Theory]
    [InlineData("2/pyramids/ab/abcd.zip")]
    [InlineData("a")]
    [InlineData("a-b_c.D/9")]
    public void takes_plain_segments(string key) => new StorageKey(key).ToString().ShouldBe(key);

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData(".incoming/a")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    [InlineData("ä")]
    [InlineData("a%2f..")]
    public void refuses_what_could_lead_elsewhere(string key) =>
        Should.Throw<ArgumentException>(() => new StorageKey(key));

    [Fact]
    public void refuses_what_no_file_system_would_take()
    {
        Should.Throw<ArgumentException>(() => new StorageKey(new string('a', 201)));
        Should.Throw<ArgumentException>(() => new StorageKey(string.Join('/', Enumerable.Repeat("abc", 129))));
    }

    [Fact]
    public void derives_from_content() =>
        StorageKey.Of(2, "pyramids", "abcdef", "zip").ToString().ShouldBe("2/pyramids/ab/abcdef.zip");
}
