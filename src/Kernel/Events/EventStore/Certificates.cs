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
        var options = Load("tlsCaFile", () => Trust.Of(address.AuthorityFile, address.VerifyCertificate));
        if (address is { UserCertificateFile: { } certificate, UserKeyFile: { } key })
        {
            options.ClientCertificates =
                [Load("userCertFile or userKeyFile", () => X509Certificate2.CreateFromPemFile(certificate, key))];
        }
        return options;
    }

    private static T Load<T>(string what, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FormatException($"{what} cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }
}
