using System.Globalization;
using System.Text;
using Dlcs.Read.Images.Searching;
using FsCheck;
using FsCheck.Fluent;

namespace Dlcs.Unit.Searching;

public sealed class FindingWords
{
    private static string Words(string text) => string.Join(' ', Analyser.Words(text).Select(w => w.Text));

    [Theory]
    [InlineData("", "")]
    [InlineData(" - …", "")]
    [InlineData("Folio 1r", "folio 1r")]
    [InlineData("MS-12_a/b.tif", "ms 12 a b tif")]
    [InlineData("l'homme l’été", "l homme l ete")]
    [InlineData("STRASSE Straße Straẞe", "strasse strasse strasse")]
    [InlineData("Ærø, Łódź, Đorđe, Þór", "aero lodz dorde thor")]
    [InlineData("Việt Nam", "viet nam")]
    [InlineData("Dvořák Ångström naïve", "dvorak angstrom naive")]
    [InlineData("ISTANBUL İstanbul ıstanbul", "istanbul istanbul istanbul")]
    [InlineData("ﬁne Ⅻ ｆｕｌｌ ² ①", "fine xii full 2 1")]
    [InlineData("ΟΔΥΣΣΕΎΣ Ὀδυσσεύς ὈΔΥΣΣΕῪΣ", "οδυσσευσ οδυσσευσ οδυσσευσ")]
    [InlineData("Ёлка ёлка ЙОД", "елка елка иод")]
    [InlineData("Տիգրան", "տիգրան")]
    public void folds_capitals_and_accents(string text, string words) => Words(text).ShouldBe(words);

    [Theory]
    [InlineData("مُحَمَّد محمد", "محمد محمد")]
    [InlineData("أحمد إحمد آحمد", "احمد احمد احمد")]
    [InlineData("كـــتاب ﻛﺘﺎﺏ", "كتاب كتاب")]
    [InlineData("مكتبة ايرانی ایرانی", "مكتبه ايراني ايراني")]
    [InlineData("می\u200cخواهم", "ميخواهم")]
    [InlineData("١٢٣ ۱۲۳ १२३", "123 123 123")]
    public void reads_arabic_without_points_and_in_any_keyboards_letters(string text, string words) =>
        Words(text).ShouldBe(words);

    [Theory]
    [InlineData("שָׁלוֹם שלום", "שלומ שלומ")]
    [InlineData("רש״י", "רשי")]
    public void reads_hebrew_without_points(string text, string words) => Words(text).ShouldBe(words);

    [Theory]
    [InlineData("Qurʾān ʿAbd al-Raḥmān", "quran abd al rahman")]
    [InlineData("Dostoevskiĭ Solovʹev", "dostoevskii solovev")]
    public void reads_transliterations_without_their_signs(string text, string words) => Words(text).ShouldBe(words);

    [Theory]
    [InlineData("हिन्दी")]
    [InlineData("বাংলা")]
    [InlineData("தமிழ்")]
    [InlineData("ދިވެހި")]
    [InlineData("བོད་")]
    public void keeps_the_vowels_of_scripts_that_write_them_as_marks(string text) =>
        Words(text).ShouldBe(text.TrimEnd('་').Normalize(NormalizationForm.FormC));

    [Theory]
    [InlineData("ज़मीन", "ज़मीन")]
    [InlineData("e\u0301te\u0301", "été")]
    [InlineData("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8")]
    [InlineData("が", "か\u3099")]
    [InlineData("ガ", "ｶﾞ")]
    public void does_not_care_how_a_letter_is_encoded(string one, string other) => Words(one).ShouldBe(Words(other));

    [Theory]
    [InlineData("山", "山")]
    [InlineData("富士山", "富士 士山 山")]
    [InlineData("令和6年 東京", "令和 和 6 年 東京 京")]
    [InlineData("京都のパズル", "京都 都の のパ パズ ズル ル")]
    [InlineData("ภาษาไทย", "ภา าษ ษา าไ ไท ทย ย")]
    [InlineData("น้ำ", "น้ำ ำ")]
    [InlineData("กินข้าว", "กิน นข้ ข้า าว ว")]
    [InlineData("책은 Book", "책은 은 book")]
    [InlineData("𠮷野家", "𠮷野 野家 家")]
    public void pairs_the_letters_of_scripts_without_spaces(string text, string words) => Words(text).ShouldBe(words);

    [Fact]
    public void knows_where_a_word_stands()
    {
        const string text = "«Ze\u0301ro» 富士";

        Analyser.Words(text).Select(w => (text[w.Start..w.End], text[w.Start..w.Reach])).ShouldBe(
            [("Ze\u0301ro", "Ze\u0301ro"), ("富", "富士"), ("士", "士")]);
    }

    [Fact]
    public void cuts_words_that_no_one_types() =>
        Analyser.Words(new string('x', 1000)).ShouldHaveSingleItem().Text.Length.ShouldBe(Analyser.Longest);

    [Fact]
    public void passes_over_half_a_character() => Words("a\ud800b \udc00").ShouldBe("a b");

    [Fact]
    public void finds_in_its_own_words_the_same_words() => Check.QuickThrowOnFailure(Prop.ForAll<string>(text =>
        Analyser.Words(text ?? "").TrueForAll(w => w.Unspaced || Words(w.Text) == w.Text)));

    [Fact]
    public void folds_every_letter_there_is_to_what_it_folds_to_itself() => ForEveryCharacter(rune =>
        Words($"x{rune}x") is var once && (once.Contains(' ') || Words(once) == once));

    [Fact]
    public void never_writes_anything_but_letters_digits_and_marks() => ForEveryCharacter(rune =>
        Words($"x{rune}").All(c => c is ' ' || !(char.IsWhiteSpace(c) || char.IsPunctuation(c) || char.IsControl(c))));

    private static void ForEveryCharacter(Func<Rune, bool> holds)
    {
        for (var i = 0; i <= 0x2FFFF; i++)
            if (Rune.TryCreate(i, out var rune))
                holds(rune).ShouldBeTrue(string.Create(CultureInfo.InvariantCulture, $"U+{i:X4}"));
    }
}
