using System.Diagnostics;
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
        var disk = Directory.CreateDirectory(Path.Combine(Work, "disk")).FullName;
        if (Run("mount", "-t", "tmpfs", "-o", "size=200k", "none", disk) is not 0)
            Assert.Skip("only root may mount a small disk: sudo ops/test runs this");
        try
        {
            using var noise = Image.Gaussnoise(2000, 2000).Cast(Enums.BandFormat.Uchar)
                .Mutate(image => image.Set(GValue.GIntType, "orientation", orientation));
            var source = Save(noise, (image, file) => image.Jpegsave(file));

            await Should.ThrowAsync<IOException>(() =>
                Derivatives.Make(source, new DerivativeOrder(true, []), disk, PixelLimits.Default, Ct));

            Directory.GetFiles(disk).ShouldBeEmpty();
        }
        finally
        {
            Run("umount", disk);
        }
    }

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
