using System.Text;

namespace Dlcs.Read.Images.Searching;

/// <summary>A word of an image at its place.</summary>
/// <param name="Position">From 1. Between two texts one place stays empty, so that no phrase crosses it.</param>
public readonly record struct PlacedWord(string Text, int Position);

/// <summary>
/// What of an image is searched for words: its id, which is its label, its strings and its tags. The words are made
/// here and not by an engine, so that every engine finds the same images.
/// </summary>
public static class ImageWords
{
    /// <summary>What the most patient engine numbers: PostgreSQL, to 16,383.</summary>
    public const int LastPosition = 16_000;

    /// <summary>One word is found at no more places of an image than this; PostgreSQL keeps 256.</summary>
    public const int MostPlaces = 250;

    /// <summary>Stands in <see cref="Line"/> where no word is; no word is written so.</summary>
    public const char Gap = '_';

    /// <summary>Most images have no more.</summary>
    private const int Usual = 32;

    /// <summary>One thread reads one image after the other, thousands of them: into the same two lists.</summary>
    [ThreadStatic]
    private static (List<Word> Found, List<PlacedWord> Placed)? room;

    /// <summary>The image's words by position, ascending; the caller's until it asks again.</summary>
    internal static List<PlacedWord> Of(ImageView view)
    {
        var (found, placed) = room ??= (new(Usual), new(Usual));
        placed.Clear();
        var position = 0;
        foreach (var text in Texts(view))
        {
            found.Clear();
            Analyser.Read(text.Text, found);
            position++;
            foreach (var word in found) placed.Add(new(word.Text, position++));
        }
        return Limited(placed);
    }

    /// <summary>
    /// All words in one line, for an engine that counts positions itself: split at spaces, every piece is a position,
    /// the first being <see cref="Gap"/>'s.
    /// </summary>
    public static string Line(ImageView view)
    {
        var line = new StringBuilder().Append(Gap);
        var position = 0;
        foreach (var word in Of(view))
        {
            while (++position < word.Position) line.Append(' ').Append(Gap);
            line.Append(' ').Append(word.Text);
        }
        return line.ToString();
    }

    /// <summary>The texts that are searched, and the names that the API has for them.</summary>
    internal static IEnumerable<(string Field, string Text)> Texts(ImageView view)
    {
        yield return ("id", view.Id.Name);
        yield return ("string1", view.Image.String1);
        yield return ("string2", view.Image.String2);
        yield return ("string3", view.Image.String3);
        foreach (var tag in view.Image.Tags) yield return ("tags", tag);
    }

    private static List<PlacedWord> Limited(List<PlacedWord> words)
    {
        if (words.Count <= MostPlaces) return words;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. words.Where(word => word.Position <= LastPosition && Place(word.Text) <= MostPlaces)];

        int Place(string word) => places[word] = places.GetValueOrDefault(word) + 1;
    }
}
