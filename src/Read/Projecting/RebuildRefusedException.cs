namespace Dlcs.Read.Projecting;

/// <summary>Views cannot be built anew as things are; the message says why, for whoever asked for it.</summary>
public sealed class RebuildRefusedException(string sentence, Exception? inner = null) : Exception(sentence, inner);
