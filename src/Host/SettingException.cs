namespace Dlcs.Host;

/// <summary>The program cannot start as it was told to. The message is one sentence for whoever starts it.</summary>
public sealed class SettingException(string sentence) : Exception(sentence);
