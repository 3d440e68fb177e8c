namespace Dlcs.Processing.Pixels;

/// <summary>A file of which no derivatives can be made, however often one tries.</summary>
/// <param name="reason">For a person: what is wrong with the file and, where that is known, what to do.</param>
public sealed class PixelsException(string reason) : Exception(reason);
