using System.Buffers;
using Dlcs.Iiif.ImageApi.Serving;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Pyramids;
using Dlcs.Read.Images;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Iiif.ImageApi.Pixels;

/// <summary>The stored tiles and thumbnails, as bytes. Where a pyramid has its tiles is kept in mind.</summary>
public sealed class Tiles(IStorage storage, IiifSettings settings)
{
    private readonly Recent<PyramidIndex> indexes = new(settings.Remembered);

    /// <exception cref="StorageMissException">The object is not there.</exception>
    /// <exception cref="NotAPyramidException">The object is not what the log says.</exception>
    public async ValueTask<PyramidIndex> Index(ReadyPyramid pyramid, int width, int height, CancellationToken ct)
    {
        var index = indexes.Find(pyramid.Key) is { IsCompletedSuccessfully: true } known
            ? (await known)!
            : (await indexes.Get(pyramid.Key, () => Load(pyramid)).WaitAsync(ct))!;

        return index.Geometry == new PyramidGeometry(width, height, pyramid.TileSize)
            ? index
            : throw new NotAPyramidException($"{pyramid.Key} holds another picture than the log says");
    }

    /// <summary>Reads one whole JPEG into a buffer that the caller gives back to the shared pool.</summary>
    /// <exception cref="DamagedException">What is stored there is no JPEG.</exception>
    public async ValueTask<ArraySegment<byte>> Read(string key, long offset, int length, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var whole = false;
        try
        {
            await storage.Read(new StorageKey(key), offset, buffer.AsMemory(0, length), ct);
            whole = IsJpeg(buffer.AsSpan(0, length));
            return whole ? new(buffer, 0, length) : throw new DamagedException($"{key} has no JPEG at {offset}");
        }
        finally
        {
            if (!whole) ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Sends a stored picture as it is: one read, one write.</summary>
    public async Task Send(HttpContext http, Stored picture)
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.ContentLength = picture.Length;
            return;
        }

        var jpeg = await Read(picture.Key, picture.Offset, picture.Length, http.RequestAborted);
        try
        {
            await Headers.Send(http, jpeg);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(jpeg.Array!);
        }
    }

    private async Task<PyramidIndex?> Load(ReadyPyramid pyramid)
    {
        using var patience = new CancellationTokenSource(settings.Deadline);
        return await PyramidIndex.Read(storage, new StorageKey(pyramid.Key), pyramid.Bytes, patience.Token);
    }

    /// <summary>It begins and ends as a JPEG does: what was torn is not passed on as a picture.</summary>
    private static bool IsJpeg(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xD8, 0xFF, .., 0xFF, 0xD9];
}

/// <summary>Stored bytes are not what they were when they were written.</summary>
public sealed class DamagedException(string message) : Exception(message);
