namespace Dlcs.Read.Projecting;

/// <summary>
/// A view was filled by another version of the program, or for another store, or its table is lost: nobody can ask it.
/// </summary>
public sealed class StaleViewException : Exception
{
    public StaleViewException(string view)
        : base($"The view {view} was made by another version of the program, or for another store. {Advice(view)}")
    {
    }

    /// <param name="lost">What was said of its table.</param>
    public StaleViewException(string view, Exception lost)
        : base($"The table of the view {view} is lost. {Advice(view)}", lost)
    {
    }

    private static string Advice(string view) => $"Rebuild it: dlcs rebuild {view}";
}
