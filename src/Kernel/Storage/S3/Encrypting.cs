using Amazon.S3;

namespace Dlcs.Kernel.Storage.S3;

/// <summary>What each request that stores says of encryption.</summary>
internal readonly record struct Encrypting(S3Settings Settings)
{
    public ServerSideEncryptionMethod? Method => Settings.Encryption switch
    {
        S3Encryption.Aes256 => ServerSideEncryptionMethod.AES256,
        S3Encryption.Kms => ServerSideEncryptionMethod.AWSKMS,
        _ => null,
    };

    public string? Key => Settings.Encryption is S3Encryption.Kms ? Settings.EncryptionKey : null;
}
