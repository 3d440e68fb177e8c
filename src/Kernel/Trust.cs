using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Dlcs.Kernel;

/// <summary>Whose certificates a client of TLS takes.</summary>
public static class Trust
{
    /// <param name="authorities">A PEM file of those that are trusted; <c>null</c>: whom this machine trusts.</param>
    /// <param name="verify"><c>false</c>: whoever answers is taken.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It holds no certificates.</exception>
    public static SslClientAuthenticationOptions Of(string? authorities, bool verify)
    {
        var options = new SslClientAuthenticationOptions();
        if (!verify) // where no callback refuses, why is said
            options.RemoteCertificateValidationCallback = (_, _, _, found) => found is SslPolicyErrors.None || !verify;
        if (authorities is null) return options;

        options.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(authorities);
        return options;
    }
}
