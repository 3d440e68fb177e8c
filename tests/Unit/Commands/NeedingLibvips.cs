using Dlcs.Host;
using Dlcs.Host.Commands;

namespace Dlcs.Unit.Commands;

public sealed class NeedingLibvips
{
    private const string Nowhere = "libnowhere.so.42";

    private static HostSettings With(Roles roles) => new() { Data = "data", Storage = "storage", Roles = roles };

    [Theory]
    [InlineData(Roles.All)]
    [InlineData(Roles.Processing)]
    [InlineData(Roles.Iiif | Roles.Read)]
    public void stops_whoever_handles_pixels_where_it_is_missing(Roles roles) =>
        Should.Throw<SettingException>(() => Libvips.MustBeThere(With(roles), Nowhere))
            .Message.ShouldBe("libvips (libnowhere.so.42) is not installed: apt-get install libvips42.");

    [Fact]
    public void is_not_needed_by_others() =>
        Should.NotThrow(() => Libvips.MustBeThere(With(Roles.Write | Roles.Read), Nowhere));
}
