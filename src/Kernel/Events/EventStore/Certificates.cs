using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dlcs.Kernel.Events.EventStore;

/// <summary>Whom we trust, and what we show of ourselves.</summary>
internal static class Certificates
{
    /// <exception cref="FormatException">A file cannot be read.</exception>
    public static SslClientAuthenticationOptions Of(EventStoreAddress address)
    {
        var options = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback =
                (_, _, _, found) => found is SslPolicyErrors.None || !address.VerifyCertificate,
        };
        if (address.AuthorityFile is { } authorities)
        {
            var chain = options.CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            Load("tlsCaFile", () => chain.CustomTrustStore.ImportFromPemFile(authorities));
        }
        if (address is { UserCertificateFile: { } certificate, UserKeyFile: { } key })
        {
            Load("userCertFile or userKeyFile", () =>
                options.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, key)]);
        }
        return options;
    }

    private static void Load(string what, Action load)
    {
        try
        {
            load();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FormatException($"{what} cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }
}
