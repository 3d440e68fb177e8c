namespace Dlcs.Kernel.Storage.S3;

/// <summary>What a browser of the bucket is told; nothing here reads it.</summary>
internal static class ContentTypes
{
    public static string Of(StorageKey key) => Path.GetExtension(key.Value) switch
    {
        ".zip" => "application/zip",
        ".jpg" => "image/jpeg",
        _ => "application/octet-stream",
    };
}
