using System.Text;
using System.Text.Json;
using Dlcs.Kernel.Events;
using Dlcs.Unit.Read;

namespace Dlcs.Unit.Kernel;

public sealed class ReadingWhatRepeats
{
    [Fact]
    public void gives_equal_lists_of_two_events_as_one()
    {
        var (one, other) = (Opened(Some.Registered(1)), Opened(Some.Registered(2)));

        other.Image.DeliveryChannels.ShouldBeSameAs(one.Image.DeliveryChannels);
        other.Image.Tags.ShouldBeSameAs(one.Image.Tags);
        Text(other).ShouldBe(Text(Some.Registered(2)));
    }

    [Theory]
    [InlineData("red")]
    [InlineData("blue\"")]
    [InlineData("bl\u00fc")]
    [InlineData("")]
    public void keeps_apart_what_is_not_equal(string tag)
    {
        Opened(Some.Registered());
        var image = Some.Image with { Tags = [tag] };

        Opened(Some.Registered() with { Image = image }).Image.Tags.ShouldBe([tag]);
    }

    [Fact]
    public void reads_more_than_it_remembers()
    {
        for (var round = 0; round < 2; round++)
            for (var n = 0; n < 5_000; n++)
                Opened(Some.Registered() with { Image = Some.Image with { Tags = [$"{n}", "x"] } })
                    .Image.Tags.ShouldBe([$"{n}", "x"]);
    }

    [Fact]
    public void reads_what_is_too_long_to_be_remembered()
    {
        string[] tags = [.. Enumerable.Range(0, 500).Select(n => $"tag {n}")];

        Opened(Some.Registered() with { Image = Some.Image with { Tags = tags } }).Image.Tags.ShouldBe(tags);
    }

    [Fact]
    public void takes_nothing_for_a_list_that_is_none() => Open(
        Encoding.UTF8.GetBytes(Text(Some.Registered()).Replace("\"tags\":[\"blue\"]", "\"tags\":{\"blue\":1}")))
        .ShouldBeOfType<UnknownEvent>();

    private static ImageRegistered Opened(ImageRegistered e) => (ImageRegistered)Open(Encoding.UTF8.GetBytes(Text(e)));

    private static IEvent Open(byte[] data)
    {
        var append = new Append(Some.Id.Stream, -1, [Some.Registered()], Recording.By("key-1", Recording.Began));
        var e = append.Seal().Single();
        return Sealing.Open(e.Id, e.Type, data, e.Metadata, append.Stream, 0).Event;
    }

    private static string Text(ImageRegistered e) => JsonSerializer.Serialize(e, EventJson.Default.ImageRegistered);
}
