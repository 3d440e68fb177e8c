namespace Dlcs.Kernel.Events;

/// <summary>What one append may weigh, data and metadata together, in bytes: what every store takes.</summary>
public static class Limits
{
    public const int Event = 500_000;
    public const int Append = 900_000;
}
