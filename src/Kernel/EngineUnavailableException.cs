namespace Dlcs.Kernel;

/// <summary>
/// An engine can not do its work at the moment: it may do the same later. It is told to the log by its adapter.
/// </summary>
public abstract class EngineUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
