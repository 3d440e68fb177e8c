namespace Dlcs.Host.Commands.Adding;

/// <summary>
/// The API refused, or cannot be reached, or what it is to be sent cannot be read. The message is one sentence for
/// whoever typed the command.
/// </summary>
public sealed class ApiException(string sentence, Exception? inner = null) : Exception(sentence, inner);
