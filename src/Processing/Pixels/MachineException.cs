namespace Dlcs.Processing.Pixels;

/// <summary>This machine, not the file, is to blame, and it may pass; the message is a sentence for a person.</summary>
public sealed class MachineException(string sentence, Exception inner) : IOException(sentence, inner);
