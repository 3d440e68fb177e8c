namespace Dlcs.Read.Images.Searching;

/// <summary>A word as the index has it, and where it stands in the text.</summary>
/// <param name="Text">Folded: equal words are written equally.</param>
/// <param name="Start">Its first character.</param>
/// <param name="End">Behind its last; of a pair, behind the first letter.</param>
/// <param name="Reach">Behind its last, whatever it is.</param>
/// <param name="Unspaced">A pair of letters, or the last letter, of a run in a script without spaces.</param>
internal readonly record struct Word(string Text, int Start, int End, int Reach, bool Unspaced)
{
    /// <summary>Two letters of a run; the second one begins the next pair, or stands alone at the run's end.</summary>
    public bool IsPair => Reach > End;
}
