using System.Diagnostics;
using Dlcs.Processing.Pixels;
using NetVips;

namespace Dlcs.Integration.Pixels;

public sealed class StoppingWork : Workbench
{
    private static readonly DerivativeOrder Order = new(true, [ThumbnailSize.Parse("!400,400")!]);

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public async Task ends_soon_when_it_is_told_to_and_leaves_nothing(int orientation)
    {
        var source = Large(orientation);
        using var stop = new CancellationTokenSource(100);
        var clock = Stopwatch.StartNew();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Derivatives.Make(source, Order, Work, PixelLimits.Default, stop.Token));

        clock.ElapsedMilliseconds.ShouldBeLessThan(5000);
        Directory.GetFiles(Work).ShouldBeEmpty();
    }

    [Fact]
    public async Task says_that_it_took_too_long()
    {
        var limits = PixelLimits.Default with { Time = TimeSpan.FromMilliseconds(60) };

        (await Should.ThrowAsync<PixelsException>(() => Make(Large(1), limits))).Message
            .ShouldStartWith("The image could not be processed within ");
    }

    [Fact]
    public async Task does_not_begin_when_it_is_too_late()
    {
        await Should.ThrowAsync<OperationCanceledException>(() =>
            Derivatives.Make("/no/such/file", Order, Work, PixelLimits.Default, new CancellationToken(canceled: true)));
    }

    /// <summary>Seconds of work.</summary>
    private string Large(int orientation)
    {
        using var noise = Image.Gaussnoise(12_000, 12_000).Cast(Enums.BandFormat.Uchar);
        using var turned = noise.Mutate(m => m.Set(GValue.GIntType, "orientation", orientation));
        return Save(turned, (image, file) => image.Jpegsave(file, q: 95));
    }
}
