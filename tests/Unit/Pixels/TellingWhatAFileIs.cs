using System.Text;
using Dlcs.Processing.Pixels;

namespace Dlcs.Unit.Pixels;

public sealed class TellingWhatAFileIs
{
    [Theory]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("89504E470D0A1A0A", "image/png")]
    [InlineData("49492A0008000000", "image/tiff")]
    [InlineData("4D4D002A00000008", "image/tiff")]
    [InlineData("49492B0008000000", "image/tiff")]
    [InlineData("4D4D002B00080000", "image/tiff")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("524946460000000057454250", "image/webp")]
    [InlineData("0000000C6A5020200D0A870A", "image/jp2")]
    [InlineData("FF4FFF5100", "image/j2c")]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("0A0A255044462D312E37", "application/pdf")]
    public void knows_the_kinds_that_are_read(string hex, string mediaType) =>
        Sniffing.KindOf(Convert.FromHexString(hex)).MediaType.ShouldBe(mediaType);

    [Theory]
    [InlineData("<!DOCTYPE html><html>", "HTML")]
    [InlineData("\r\n\t <html lang='en'>", "HTML")]
    [InlineData("\uFEFF<html>", "HTML")]
    [InlineData("<?xml version='1.0'?><!DOCTYPE html><html>", "HTML")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG")]
    [InlineData("<?xml version='1.0'?><error/>", "XML")]
    [InlineData("{\"error\":\"not found\"}", "JSON")]
    [InlineData("Not found", "text")]
    [InlineData("\0\0\0\u0018ftypheic", "a HEIC")]
    [InlineData("\0\0\0\u0018ftypavif", "an AVIF")]
    [InlineData("\0\0\0\u0018ftypmp42", "a video")]
    [InlineData("PK\u0003\u0004", "a ZIP archive")]
    [InlineData("8BPS\0\u0001", "a Photoshop file")]
    [InlineData("RIFF\0\0\0\0WAVE", "an unknown file")]
    [InlineData("\0\0\0", "an unknown file")]
    [InlineData("\0\0\0\u0018ftyp", "an unknown file")]
    public void says_what_came_instead(string text, string what) =>
        Should.Throw<PixelsException>(() => Sniffing.KindOf(Encoding.UTF8.GetBytes(text))).Message
            .ShouldStartWith($"The origin sent {what}, not an image that can be read here");

    [Fact]
    public void says_so_when_nothing_came() =>
        Should.Throw<PixelsException>(() => Sniffing.KindOf([])).Message.ShouldContain("0 bytes");

    [Fact]
    public void takes_any_bytes()
    {
        var random = new Random(3);
        for (var run = 0; run < 20_000; run++)
        {
            var bytes = new byte[random.Next(0, 40)];
            random.NextBytes(bytes);
            try
            {
                Sniffing.KindOf(bytes);
            }
            catch (PixelsException)
            {
                // The only way to say no.
            }
        }
    }
}
