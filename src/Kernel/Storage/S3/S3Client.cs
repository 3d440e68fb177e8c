using System.Globalization;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Dlcs.Kernel.Storage.S3;

/// <summary>The SDK's client, as the settings say; and the connections that it and the reader of ranges use.</summary>
internal static class S3Client
{
    private static readonly TimeSpan Connect = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    /// <summary>So that a store that moves is found again.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static AmazonS3Client Make(S3Settings settings)
    {
        var config = new AmazonS3Config
        {
            AuthenticationRegion = settings.Region,
            ForcePathStyle = settings.PathStyle,
            HttpClientFactory = new Connections(settings),
            MaxErrorRetry = settings.Retries,
            RetryMode = RequestRetryMode.Standard,
            Timeout = settings.UploadTimeout,
            UseHttp = settings.Endpoint is { Scheme: "http" },
            RequestChecksumCalculation = settings.RequestChecksums
                ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED, // S3 has none for a range
        };
        if (settings.Endpoint is { } endpoint) config.ServiceURL = endpoint.AbsoluteUri;
        else config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);
        return settings.Credentials is { } given
            ? new(new BasicAWSCredentials(given.AccessKey, given.Secret), config)
            : new(config);
    }

    public static SocketsHttpHandler Handler(S3Settings settings) => new()
    {
        MaxConnectionsPerServer = settings.Connections,
        ConnectTimeout = Connect < settings.Timeout ? Connect : settings.Timeout,
        PooledConnectionIdleTimeout = Idle,
        PooledConnectionLifetime = Lifetime,
        UseProxy = settings.Endpoint is null, // a store of one's own is near
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null, // traces stay in the house
    };

    /// <summary>One pool per client.</summary>
    private sealed class Connections(S3Settings settings) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
            new(Handler(settings)) { Timeout = settings.UploadTimeout };

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => true;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

        public override string GetConfigUniqueString(IClientConfig clientConfig) =>
            string.Create(CultureInfo.InvariantCulture, $"{settings}#{GetHashCode()}");
    }
}
