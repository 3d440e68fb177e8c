namespace Dlcs.Read.Images.Searching;

/// <summary>What has to be known of scripts, by code point.</summary>
internal static class Scripts
{
    /// <summary>
    /// Chinese, Japanese, Korean, Thai, Lao, Burmese and Khmer: words cannot be told apart by spaces (Korean has
    /// spaces, yet particles cling to its words).
    /// </summary>
    public static bool IsUnspaced(int rune) => rune
        is (>= 0x3005 and <= 0x3007) or (>= 0x3031 and <= 0x3035) or (>= 0x303B and <= 0x303C)
        or (>= 0x3041 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x1AFF0 and <= 0x1B16F) or (>= 0x20000 and <= 0x3FFFF)
        or (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7FF)
        or (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0xA9E0 and <= 0xA9FF) or (>= 0xAA60 and <= 0xAA7F);

    /// <summary>A Korean vowel or final consonant written on its own belongs to the syllable before it.</summary>
    public static bool IsHangulTail(int rune) => rune is (>= 0x1160 and <= 0x11FF) or (>= 0xD7B0 and <= 0xD7FB);

    /// <summary>
    /// Signs of transliteration and the Arabic stroke that only lengthens: <c>Qurʾān</c> is <c>Quran</c>.
    /// </summary>
    public static bool IsTransliterated(int rune) =>
        rune is (>= 0x02B9 and <= 0x02C1) or (>= 0x02C6 and <= 0x02CF) or 0x02EE or 0x0640;

    /// <summary>Hebrew punctuation that stands within a word, as in acronyms.</summary>
    public static bool JoinsLetters(int rune) => rune is 0x05F3 or 0x05F4;
}
