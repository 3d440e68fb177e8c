using Dlcs.Integration.Servers;
using Dlcs.Processing.Pixels;
using NetVips;

namespace Dlcs.Integration.Pixels;

public sealed class RunningOutOfDisk : Workbench
{
    /// <summary>Not the file's fault: another attempt may succeed.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public async Task is_not_blamed_on_the_source(int orientation)
    {
        using var disk = SmallDisk.At(Path.Combine(Work, "disk"), "200k");
        using var noise = Image.Gaussnoise(2000, 2000).Cast(Enums.BandFormat.Uchar)
            .Mutate(image => image.Set(GValue.GIntType, "orientation", orientation));
        var source = Save(noise, (image, file) => image.Jpegsave(file));

        await Should.ThrowAsync<IOException>(() =>
            Derivatives.Make(source, new DerivativeOrder(true, []), disk.Folder, PixelLimits.Default, Ct));

        Directory.GetFiles(disk.Folder).ShouldBeEmpty();
    }
}
