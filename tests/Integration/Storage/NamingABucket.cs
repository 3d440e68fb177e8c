using System.Net.Sockets;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Integration.Storage;

/// <summary>Where the bucket stands: which host requests go to, those of the SDK and those by links.</summary>
public sealed class NamingABucket
{
    private static readonly StorageKey Key = new("2/pyramids/ab/abcd.zip");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "pixels.store.invalid")]
    [InlineData(true, "store.invalid")]
    public async Task leads_to_its_host(bool pathStyle, string host)
    {
        var settings = new S3Settings("pixels")
        {
            Endpoint = new("http://store.invalid:9000"),
            PathStyle = pathStyle,
            Credentials = new("key", "secret"),
            Retries = 0,
        };
        using var storage = new S3Storage(settings, TimeProvider.System);

        foreach (var act in (Func<Task>[])
        [
            async () => await storage.Find(Key, Ct),
            async () => await storage.Read(Key, 0, new byte[10], Ct),
            () => storage.Delete(Key, Ct),
        ])
        {
            var away = await Should.ThrowAsync<StorageUnavailableException>(act);
            away.ToString().ShouldContain($"({host}:9000)");
            away.GetBaseException().ShouldBeOfType<SocketException>();
        }
    }
}
