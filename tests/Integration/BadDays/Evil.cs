namespace Dlcs.Integration.BadDays;

/// <summary>What may befall an engine.</summary>
public enum Evil
{
    /// <summary>Nobody listens there.</summary>
    Stopped,

    /// <summary>It ends in good order, and is there again at once.</summary>
    Restarted,

    /// <summary>Each answer takes 5 s.</summary>
    Slow,

    /// <summary>What answers is something else.</summary>
    Garbage,

    /// <summary>It reads, and stores nothing.</summary>
    Full,

    /// <summary>It knows these credentials no more.</summary>
    Refusing,
}
