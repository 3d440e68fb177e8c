using System.Security.Cryptography;
using System.Text;

namespace Dlcs.Write.Keys;

/// <summary>The secret half of a key: 32 random bytes as lower-case hex, shown once, kept as a hash.</summary>
public static class Secret
{
    /// <summary>A secret that a person chooses has at least this many characters: its hash stays in the log.</summary>
    public const int LeastLength = 16;

    /// <summary>No secret has it: what one is compared with where there is none.</summary>
    public static string NoHash { get; } = new('0', 2 * SHA256.HashSizeInBytes);

    public static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256, lower-case hex. No salt and no stretching: what is random cannot be guessed.</summary>
    public static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Takes as long for any wrong secret.</summary>
    public static bool Matches(string secret, string hash) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Hash(secret)), Encoding.ASCII.GetBytes(hash));
}
