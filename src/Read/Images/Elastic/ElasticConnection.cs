using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using Dlcs.Kernel;

namespace Dlcs.Read.Images.Elastic;

/// <summary>HTTP as the settings want it: whom to trust, and as whom to come.</summary>
internal static class ElasticConnection
{
    /// <exception cref="IndexUnavailableException">The file of certificates cannot be read.</exception>
    public static HttpClient Open(ElasticSettings settings)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 64,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = Whom(settings),
        };
        var http = new HttpClient(handler)
        {
            BaseAddress = new($"{settings}/"),
            Timeout = Timeout.InfiniteTimeSpan, // each request has its own
        };
        http.DefaultRequestHeaders.Authorization = settings switch
        {
            { ApiKey: { } key } => new("ApiKey", key),
            { Username: { } user } => new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{settings.Password}"))),
            _ => null,
        };
        return http;
    }

    private static SslClientAuthenticationOptions Whom(ElasticSettings settings)
    {
        try
        {
            return Trust.Of(settings.CaFile, settings.Verify);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new IndexUnavailableException(
                $"the certificates in {settings.CaFile} cannot be read: {e.Message}", e);
        }
    }
}
