namespace Dlcs.Read.Projecting;

/// <summary>Another version of the program filled a view, which laid it out differently: nobody can ask it.</summary>
public sealed class StaleViewException(string view)
    : Exception($"The view {view} was made by another version of the program. Rebuild it: dlcs rebuild {view}");
