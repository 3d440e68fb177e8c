using System.Globalization;
using System.Text;

namespace Dlcs.Read.Images.Searching;

/// <summary>What a character means to the search for words, and how it is folded.</summary>
/// <param name="Folded">Lower case, without accents; empty unless the kind is a letter or a mark.</param>
internal sealed record Letter(LetterKind Kind, string Folded)
{
    private static readonly Letter Between = new(LetterKind.Separator, "");
    private static readonly Letter Nothing = new(LetterKind.Ignored, "");
    private static readonly Letter?[] Known = new Letter?[char.MaxValue + 1];

    /// <exception cref="InvalidOperationException">This machine cannot decompose characters.</exception>
    public static Letter Of(Rune rune) =>
        rune.IsBmp ? Known[rune.Value] ??= Find(rune) : Find(rune);

    private static Letter Find(Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark when IsAccent(rune.Value):
            case UnicodeCategory.Format:
                return Nothing;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark:
                return new(LetterKind.Mark, rune.ToString());
            case UnicodeCategory.DecimalDigitNumber:
                return new(LetterKind.Word, Digit(rune));
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber:
                return Fold(rune);
            default:
                return Scripts.JoinsLetters(rune.Value) ? Nothing : Between;
        }
    }

    private static Letter Fold(Rune rune)
    {
        var parts = new StringBuilder(4);
        foreach (var part in Decomposed(rune))
        {
            if (IsAccent(part.Value) || Scripts.IsTransliterated(part.Value)) continue;
            if (!IsMark(part) ? !Rune.IsLetterOrDigit(part) : parts.Length is 0 && rune != part && !IsVoicing(part))
                return Letters(rune, rune.ToString()); // ½, ﷺ, Thai am: no letters for a letter
            var lower = Rune.ToLowerInvariant(part);
            parts.Append(FoldedLetters.Of(lower.Value) ?? lower.ToString());
        }
        return parts.Length is 0 ? Nothing : Letters(rune, parts.ToString().Normalize(NormalizationForm.FormC));
    }

    private static Letter Letters(Rune rune, string folded) => new(
        Scripts.IsHangulTail(rune.Value) || IsMark(Rune.GetRuneAt(folded, 0)) ? LetterKind.Mark
            : Scripts.IsUnspaced(Rune.GetRuneAt(folded, 0).Value) ? LetterKind.Unspaced : LetterKind.Word, folded);

    private static StringRuneEnumerator Decomposed(Rune rune)
    {
        if (!CanDecompose)
            throw new InvalidOperationException(
                "words cannot be searched: .NET runs without ICU; install libicu, unset InvariantGlobalization");
        return rune.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes();
    }

    private static bool CanDecompose { get; } = "é".Normalize(NormalizationForm.FormD).Length is 2;

    /// <summary>Every script's digits are the same ten.</summary>
    private static string Digit(Rune rune) =>
        ((int)Rune.GetNumericValue(rune)).ToString(CultureInfo.InvariantCulture);

    /// <summary>What follows a half-width kana as a character of its own.</summary>
    private static bool IsVoicing(Rune rune) => rune.Value is 0x3099 or 0x309A;

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>
    /// Marks that readers leave out: accents of Latin, Greek and Cyrillic, points of Hebrew, Arabic and Syriac. Other
    /// scripts' marks are vowels and what joins them: without them it is another word.
    /// </summary>
    private static bool IsAccent(int rune) => rune
        is (>= 0x0300 and <= 0x036F) or (>= 0x0483 and <= 0x0489) or (>= 0x0591 and <= 0x05C7)
        or (>= 0x0610 and <= 0x061A) or (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x06D6 and <= 0x06ED)
        or 0x0711 or (>= 0x0730 and <= 0x074A) or (>= 0x0898 and <= 0x089F) or (>= 0x08CA and <= 0x08FF)
        or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF)
        or (>= 0x2DE0 and <= 0x2DFF) or (>= 0xA66F and <= 0xA67D) or (>= 0xA69E and <= 0xA69F)
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFE20 and <= 0xFE2F) or (>= 0xE0100 and <= 0xE01EF)
        or (>= 0x302A and <= 0x302D);
}

internal enum LetterKind
{
    /// <summary>Ends a word.</summary>
    Separator,

    /// <summary>As if it were not there.</summary>
    Ignored,

    /// <summary>Belongs to the letter before it.</summary>
    Mark,

    /// <summary>Of a script that puts spaces between words.</summary>
    Word,

    /// <summary>Of a script that does not.</summary>
    Unspaced,
}
