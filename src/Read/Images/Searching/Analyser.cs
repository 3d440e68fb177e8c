using System.Text;

namespace Dlcs.Read.Images.Searching;

/// <summary>
/// Finds the words of a text: runs of letters and digits, folded. In scripts without spaces every letter begins a
/// pair with the one after it, and the last one stands alone: whatever is looked for is found at any place.
/// </summary>
internal ref struct Analyser
{
    /// <summary>Longer words are cut, in texts and in queries alike.</summary>
    public const int Longest = 64;

    private readonly List<Word> words;
    private readonly Span<char> buffer; // the word, or the one letter of a run, that is being read
    private int length;
    private int start;
    private int end;
    private bool composes;
    private bool unspaced;
    private Word? first; // the letter of a run that waits for the second one of its pair

    private Analyser(List<Word> words, Span<char> buffer)
    {
        this.words = words;
        this.buffer = buffer;
    }

    public static List<Word> Words(ReadOnlySpan<char> text)
    {
        var words = new List<Word>();
        Read(text, words);
        return words;
    }

    /// <summary>Adds the text's words, in order.</summary>
    public static void Read(ReadOnlySpan<char> text, List<Word> words)
    {
        var analyser = new Analyser(words, stackalloc char[Longest]);
        for (var i = 0; i < text.Length;)
        {
            if (char.IsAscii(text[i]))
            {
                analyser.Take(text[i], i++);
                continue;
            }
            Rune.DecodeFromUtf16(text[i..], out var rune, out var count); // half a surrogate pair separates
            analyser.Take(Letter.Of(rune), i, i += count);
        }
        analyser.Close();
    }

    private void Take(char ascii, int at)
    {
        if (char.IsAsciiLetterUpper(ascii)) ascii = (char)(ascii | 0x20);
        else if (!char.IsAsciiLetterLower(ascii) && !char.IsAsciiDigit(ascii))
        {
            Close();
            return;
        }
        Open(run: false, at);
        if (length < Longest) buffer[length++] = ascii;
        end = at + 1;
    }

    private void Take(Letter letter, int from, int to)
    {
        switch (letter.Kind)
        {
            case LetterKind.Separator:
                Close();
                return;
            case LetterKind.Ignored or LetterKind.Mark when length is 0:
                return;
            case LetterKind.Mark:
                composes = true;
                break;
            case LetterKind.Word:
                Open(run: false, from);
                break;
            case LetterKind.Unspaced:
                if (unspaced) EndLetter();
                Open(run: true, from);
                break;
        }
        Append(letter.Folded);
        end = to;
    }

    private void Open(bool run, int at)
    {
        if (unspaced != run) Close();
        unspaced = run;
        if (length is 0) start = at;
    }

    private void Append(string folded)
    {
        if (length + folded.Length > Longest) return;
        folded.CopyTo(buffer[length..]);
        length += folded.Length;
    }

    /// <summary>Whatever is being read ends here.</summary>
    private void Close()
    {
        if (unspaced) EndLetter();
        else if (length > 0) words.Add(new(Taken(), start, end, end, Unspaced: false));
        if (first is { } alone) words.Add(alone);
        (first, unspaced) = (null, false);
    }

    private void EndLetter()
    {
        if (length is 0) return;
        var letter = new Word(Taken(), start, end, end, Unspaced: true);
        if (first is { } before) words.Add(before with { Text = before.Text + letter.Text, Reach = letter.Reach });
        first = letter;
    }

    private string Taken()
    {
        var text = buffer[..length].ToString();
        if (composes) text = text.Normalize(NormalizationForm.FormC); // marks in order, kana and syllables as one
        (length, composes) = (0, false);
        return text;
    }
}
