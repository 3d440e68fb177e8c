using System.Numerics;
using Dlcs.Read.Projecting;
using FsCheck;
using FsCheck.Fluent;

namespace Dlcs.Unit.Read;

public sealed class SummingADigest
{
    private static readonly BigInteger Modulus = BigInteger.Pow(2, 256);

    private static readonly Gen<Digest> Digests =
        from a in Gen.Elements(0UL, 1UL, ulong.MaxValue, ulong.MaxValue - 1, 42UL)
        from b in Gen.Elements(0UL, 1UL, ulong.MaxValue)
        from c in Gen.Elements(0UL, 1UL, ulong.MaxValue)
        from d in Gen.Elements(0UL, 1UL, ulong.MaxValue, 7UL)
        select new Digest(a, b, c, d);

    private static BigInteger Number(Digest digest) => new(digest.ToBytes(), isUnsigned: true, isBigEndian: true);

    [Fact]
    public void adds_modulo_two_to_the_256() => Prop
        .ForAll(
            Digests.Two().ToArbitrary(),
            pair => Number(pair.Item1 + pair.Item2) == (Number(pair.Item1) + Number(pair.Item2)) % Modulus)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void takes_away_what_was_added() => Prop.ForAll(Digests.Two().ToArbitrary(), pair =>
        pair.Item1 + pair.Item2 - pair.Item2 == pair.Item1).QuickCheckThrowOnFailure();

    [Fact]
    public void survives_being_stored() => Prop.ForAll(Digests.ToArbitrary(), digest =>
        Digest.FromBytes(digest.ToBytes()) == digest).QuickCheckThrowOnFailure();

    [Fact]
    public void tells_key_from_content() =>
        Digest.Of("ab", "c"u8).ShouldNotBe(Digest.Of("a", "bc"u8));
}
