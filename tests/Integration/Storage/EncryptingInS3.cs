using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Integration.Storage;

/// <summary>What is asked of the store; it does it with keys that no store of this test has.</summary>
[Trait("profile", "cluster")]
public sealed class EncryptingInS3(Ceph ceph)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1000, S3Encryption.Aes256, "AES256", null)]
    [InlineData(6_000_000, S3Encryption.Kms, "aws:kms", "key-1")]
    public async Task is_asked_for(int length, S3Encryption encryption, string method, string? key)
    {
        await using var bench = await S3Bench.Open(ceph);
        bench.With(s => s with { Encryption = encryption, EncryptionKey = key, Retries = 0 });
        bench.Front.Answer = http => http.Request.Method is "PUT" or "POST"
            ? S3Front.Refuse(http, 400, "KeyIsOnlyOneOfThisTest") : Task.FromResult(false);

        await Should.ThrowAsync<StorageUnavailableException>(() => bench.Put(length));

        var request = bench.Front.Requests.Last(r => r.Method is "PUT" or "POST");
        request.Header("x-amz-server-side-encryption").ShouldBe(method);
        request.Header("x-amz-server-side-encryption-aws-kms-key-id").ShouldBe(key);
    }

    [Fact]
    public async Task is_asked_for_what_is_copied_too()
    {
        await using var bench = await S3Bench.Open(ceph);
        var (key, _, file) = await bench.File(1000);
        await bench.Storage.Put(key, file, Ct);
        bench.With(s => s with { Encryption = S3Encryption.Kms, EncryptionKey = "key-1", Retries = 0 });
        bench.Front.Answer = http => http.Request.Method is not "PUT" ? Task.FromResult(false)
            : http.Request.Headers.IfNoneMatch.Count > 0 ? S3Front.Refuse(http, 412, "PreconditionFailed")
            : S3Front.Refuse(http, 400, "KeyIsOnlyOneOfThisTest");

        await Record.ExceptionAsync(() => bench.Storage.Put(key, file, Ct));

        var copy = bench.Front.Requests.Single(r => r.Header("x-amz-copy-source") is not null);
        copy.Header("x-amz-server-side-encryption").ShouldBe("aws:kms");
        copy.Header("x-amz-server-side-encryption-aws-kms-key-id").ShouldBe("key-1");
    }
}
