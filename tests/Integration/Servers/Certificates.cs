using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dlcs.Integration.Servers;

/// <summary>An authority of a test's own, and what it signs.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly X509Certificate2 authority;

    public Certificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a test's own authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        File = Path.GetTempFileName();
        System.IO.File.WriteAllText(File, authority.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate, PEM.</summary>
    public string File { get; }

    /// <summary>What a server at that address shows.</summary>
    public X509Certificate2 For(IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var whole = Sign(request, key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>What a client of that name shows: PEM files in that folder.</summary>
    public (string Certificate, string Key) For(string user, string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var whole = Sign(new($"CN={user}", key, HashAlgorithmName.SHA256), key);
        var (certificate, secret) = (Path.Combine(folder, $"{user}.crt"), Path.Combine(folder, $"{user}.key"));
        System.IO.File.WriteAllText(certificate, whole.ExportCertificatePem());
        System.IO.File.WriteAllText(secret, key.ExportPkcs8PrivateKeyPem());
        return (certificate, secret);
    }

    /// <summary>Whether this authority signed it.</summary>
    public bool Signed(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        return chain.Build(certificate);
    }

    private X509Certificate2 Sign(CertificateRequest request, ECDsa key)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.Create(authority, now.AddHours(-1), now.AddDays(1), [1, 2, 3, 4]);
        return signed.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        authority.Dispose();
        System.IO.File.Delete(File);
    }
}
