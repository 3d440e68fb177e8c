using System.Collections.Frozen;

namespace Dlcs.Read.Images.Searching;

/// <summary>
/// Lower-case letters that stand for others and that Unicode does not decompose: full case folding, strokes and
/// ligatures, and where one language writes one letter in several ways.
/// </summary>
internal static class FoldedLetters
{
    private const string Latin = """
        ß=ss æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ħ=h ı=i ȷ=j ŋ=n ŧ=t ĸ=k ƀ=b ɓ=b ƈ=c ɖ=d ɗ=d ə=e ǝ=e ɛ=e ƒ=f ɠ=g ǥ=g
        ɣ=g ɦ=h ɨ=i ɩ=i ƙ=k ƚ=l ɫ=l ɲ=n ɔ=o ɵ=o ƥ=p ɍ=r ʂ=s ƭ=t ʈ=t ʉ=u ʋ=v ⱳ=w ƴ=y ƶ=z ꜩ=tz ꝏ=oo ꜳ=aa ꜵ=ao ꝛ=r
        ꝑ=p ꝓ=p ꝗ=q
        """;

    /// <summary>The sigma that ends a word; Ukrainian ghe, which older cataloguing writes without its upturn.</summary>
    private const string GreekAndCyrillic = "ς=σ ґ=г";

    /// <summary>The forms that end a word, and Yiddish digraphs.</summary>
    private const string Hebrew = "ך=כ ם=מ ן=נ ף=פ ץ=צ װ=וו ױ=וי ײ=יי";

    /// <summary>Arabic, Persian and Urdu keyboards differ. The seats of hamza fall by decomposition.</summary>
    private const string Arabic = "ٱ=ا ى=ي ی=ي ې=ي ے=ي ة=ه ہ=ه ھ=ه ە=ه ک=ك ڪ=ك";

    private static readonly FrozenDictionary<int, string> Table = new[] { Latin, GreekAndCyrillic, Hebrew, Arabic }
        .SelectMany(pairs => pairs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .ToFrozenDictionary(pair => (int)pair[0], pair => pair[2..]);

    /// <returns><c>null</c>: the letter stands for itself.</returns>
    public static string? Of(int letter) => Table.GetValueOrDefault(letter);
}
