using Dlcs.Kernel.Events;

namespace Dlcs.Unit.Kernel;

public sealed class NamingAGuid
{
    private static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    /// <summary>RFC 9562, appendix A.4: the example of UUIDv5, in the namespace DNS.</summary>
    [Fact]
    public void gives_the_id_that_the_specification_gives() =>
        NamedGuid.Of(Dns, "www.example.com").ShouldBe(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"));

    [Fact]
    public void says_that_it_is_of_version_5_and_of_the_ietf_variant()
    {
        var id = NamedGuid.Of(Guid.AllBitsSet, "é");

        id.Version.ShouldBe(5);
        (id.Variant & 0b1100).ShouldBe(0b1000);
    }

    [Fact]
    public void depends_on_namespace_and_name()
    {
        NamedGuid.Of(Dns, "a").ShouldBe(NamedGuid.Of(Dns, "a"));
        NamedGuid.Of(Dns, "a").ShouldNotBe(NamedGuid.Of(Dns, "b"));
        NamedGuid.Of(Dns, "a").ShouldNotBe(NamedGuid.Of(Guid.Empty, "a"));
    }

    [Fact]
    public void an_event_s_id_follows_from_command_stream_and_index()
    {
        var append = new Append(
            new("space-2/5"), -1, [new SpaceClosing(new(2, 5)), new SpaceDeleted(new(2, 5))],
            new(Dns, "key-1", default, "correlation-1"));

        append.EventId(1).ShouldBe(NamedGuid.Of(Dns, "space-2/5#1"));
        (append with { First = 1 }).EventId(0).ShouldBe(append.EventId(1));
        (append with { Stream = new("space-2/6") }).EventId(1).ShouldNotBe(append.EventId(1));
    }
}
