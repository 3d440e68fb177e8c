namespace Dlcs.Read.Projecting;

/// <summary>A view was filled by another version of the program, or for another store: nobody can ask it.</summary>
public sealed class StaleViewException(string view)
    : Exception(
        $"The view {view} was made by another version of the program, or for another store. "
        + $"Rebuild it: dlcs rebuild {view}");
