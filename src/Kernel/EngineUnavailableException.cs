namespace Dlcs.Kernel;

/// <summary>
/// An engine cannot do its work at the moment: it may do the same later. It is told to the log by its adapter.
/// </summary>
public abstract class EngineUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why, whatever was asked of it: the same for all who meet the same.</summary>
    public string Reason { get; init; } = message;

    /// <summary>The same of any failure.</summary>
    public static string ReasonOf(Exception failure) =>
        failure is EngineUnavailableException engine ? engine.Reason : Database.Reason(failure);
}
