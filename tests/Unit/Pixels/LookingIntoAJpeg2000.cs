using Dlcs.Processing.Pixels;

namespace Dlcs.Unit.Pixels;

/// <summary>What an old libvips must not get: boxes and SIZ as ISO/IEC 15444-1 has them (I.4, A.5.1).</summary>
public sealed class LookingIntoAJpeg2000
{
    private static readonly byte[] Signature = Box("jP  ", [0x0D, 0x0A, 0x87, 0x0A]);

    private static byte[] Box(string type, params IEnumerable<byte>[] content)
    {
        byte[] inside = [.. type.Select(c => (byte)c), .. content.SelectMany(c => c)];
        return [0, 0, (byte)((inside.Length + 4) >> 8), (byte)(inside.Length + 4), .. inside];
    }

    private static byte[] Codestream(byte x = 0, byte y = 0, byte bits = 8) =>
    [
        0xFF, 0x4F, 0xFF, 0x51, 0, 41, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, x, 0, 0, 0, y,
        0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte)(bits - 1), 1, 1,
    ];

    private static string? Fault(params byte[][] parts) =>
        Jpeg2000.Fault(new MemoryStream([.. parts.SelectMany(p => p)]));

    [Theory]
    [InlineData(0, 0, 8, null)]
    [InlineData(0, 0, 16, null)]
    [InlineData(3, 0, 8, "does not begin at the corner of its grid")]
    [InlineData(0, 3, 8, "does not begin at the corner of its grid")]
    [InlineData(0, 0, 1, "has samples of 1 bits")]
    public void finds_what_it_cannot_read(byte x, byte y, byte bits, string? fault)
    {
        string?[] found =
        [
            Fault(Codestream(x, y, bits)),
            Fault(Signature, Box("ftyp", new byte[12]), Box("jp2h", Box("ihdr", new byte[14])),
                Box("jp2c", Codestream(x, y, bits))),
        ];

        foreach (var one in found)
        {
            if (fault is null) one.ShouldBeNull();
            else one.ShouldNotBeNull().ShouldStartWith(fault);
        }
    }

    [Fact]
    public void finds_a_palette() => Fault(
        Signature, Box("jp2h", Box("ihdr", new byte[14]), Box("pclr", new byte[9])), Box("jp2c", Codestream()))
        .ShouldBe("has a palette");

    [Fact]
    public void goes_no_deeper_than_the_header()
    {
        byte[] header = [0, 0, 0, 0, .. "jp2h"u8]; // to the end of what it is in
        var nested = new byte[header.Length * 1_000_000];
        for (var at = 0; at < nested.Length; at += header.Length) header.CopyTo(nested, at);

        Fault(Signature, nested).ShouldBeNull();
    }

    [Fact]
    public void leaves_damage_to_those_who_read_it()
    {
        byte[] whole = [.. Signature, .. Box("jp2h", Box("ihdr", new byte[14])), .. Box("jp2c", Codestream(x: 1))];
        for (var length = 0; length < whole.Length; length++)
            if (length < whole.Length - 2) Fault(whole[..length]).ShouldBeNull();
        Fault([0, 0, 0, 0, .. "jp2c"u8, .. Codestream(y: 1)]).ShouldNotBeNull(); // to the end of the file
        Fault([0, 0, 0, 3, .. "free"u8]).ShouldBeNull();
    }
}
