namespace Dlcs.Kernel.Events;

/// <summary>What may be weighed at once, data and metadata together, in bytes.</summary>
public static class Limits
{
    /// <summary>What every store takes as one event.</summary>
    public const int Event = 500_000;

    /// <summary>What every store takes as one append.</summary>
    public const int Append = 900_000;

    /// <summary>A page of a log ends behind the event with which it weighs more.</summary>
    public const long Page = 32_000_000;
}
