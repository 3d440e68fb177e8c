using System.Text;
using System.Text.Json;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Unit;

public sealed class SealingAnEvent
{
    private static readonly SpaceId Space = new(2, 5);
    private static readonly Append Append = new(
        Space.Stream, -1, [new SpaceCreated(Space, Guid.Empty, "manuscripts", ["b", "a"], [])],
        Recording.By("key-1", Recording.Began));

    [Fact]
    public void opens_again_as_it_was()
    {
        var e = Append.Seal().ShouldHaveSingleItem();

        var opened = Sealing.Open(e.Id, e.Type, e.Data, e.Metadata, Append.Stream, 0);

        opened.Metadata.ShouldBe(Append.Metadata);
        JsonSerializer.Serialize(opened.Event, typeof(SpaceCreated), EventJson.Default)
            .ShouldBe(Encoding.UTF8.GetString(e.Data));
    }

    [Fact]
    public void verifies_when_a_store_keeps_its_json_in_another_order()
    {
        var e = Append.Seal().Single();
        var shuffled = """{"name":"manuscripts","id":"2/5","maxUnauthorised":-1,"""
            + """ "defaultTags":["b","a"],"defaultRoles":[],"claim":"00000000-0000-0000-0000-000000000000"}""";

        Sealing.Verify(Encoding.UTF8.GetBytes(shuffled), MetadataOf(e)).ShouldBeTrue();
    }

    [Fact]
    public void does_not_verify_when_a_word_is_another()
    {
        var e = Append.Seal().Single();
        var forged = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(e.Data).Replace("manuscripts", "maps"));

        Sealing.Verify(forged, MetadataOf(e)).ShouldBeFalse();
    }

    [Fact]
    public void gives_the_same_id_to_the_same_command_and_another_salt_each_time()
    {
        var (first, second) = (Append.Seal().Single(), Append.Seal().Single());

        second.Id.ShouldBe(first.Id);
        MetadataOf(second).Salt.ShouldNotBe(MetadataOf(first).Salt);
    }

    [Fact]
    public void refuses_what_no_store_would_take() => Should.Throw<AppendTooLargeException>(() =>
        (Append with { Events = [new SpaceRenamed(Space, Guid.Empty, new string('x', Limits.Event))] }).Seal());

    [Fact]
    public void names_a_type_that_a_newer_program_wrote()
    {
        var e = Append.Seal().Single();

        Sealing.Open(e.Id, "SpacePainted", e.Data, e.Metadata, Append.Stream, 0)
            .Event.ShouldBe(new UnknownEvent("SpacePainted", 1));
    }

    /// <summary>Whoever folds it stops there; whoever does not passes it by.</summary>
    [Theory]
    [InlineData("SpaceCreated", """{"id":"2/5/folio-1r"}""")]
    [InlineData("ImageRegistered", """{"id":"2/5/a","lane":"Urgent"}""")]
    [InlineData("SpaceCreated", "null")]
    public void names_a_type_whose_content_it_cannot_read(string type, string data)
    {
        var e = Append.Seal().Single();

        Sealing.Open(e.Id, type, Encoding.UTF8.GetBytes(data), e.Metadata, Append.Stream, 0)
            .Event.ShouldBe(new UnknownEvent(type, 1));
    }

    private static SealedMetadata MetadataOf(SealedEvent e) =>
        JsonSerializer.Deserialize(e.Metadata, EventJson.Default.SealedMetadata)!;
}
