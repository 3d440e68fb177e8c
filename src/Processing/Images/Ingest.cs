using Dlcs.Kernel.Events;
using Dlcs.Kernel.Storage;
using Dlcs.Processing.Fetching;
using Dlcs.Processing.Pixels;
using Dlcs.Write.Images;

namespace Dlcs.Processing.Images;

/// <summary>From an origin to stored pixels. Doing it twice gives the same objects under the same keys.</summary>
/// <param name="Fetch">Writes an origin's bytes into a file.</param>
/// <param name="Make">Makes derivatives of a file, in a folder.</param>
internal sealed record Ingest(IStorage Storage, FetchOrigin Fetch, MakePixels Make)
{
    /// <summary>From where origins really are, by libvips.</summary>
    public static Ingest Into(IStorage storage, FetchSettings fetching, PixelLimits limits) => new(
        storage,
        async (origin, file, ct) =>
        {
            var fetched = await Fetching.Fetch.ToFile(origin, file, fetching, ct);
            return new(fetched.Bytes, fetched.Sha256);
        },
        (file, image, folder, ct) => Derivatives.Make(file, DerivativeOrder.Of(image), folder, limits, ct));

    /// <summary>What the image came to.</summary>
    /// <param name="wait">Acts on storage, and waits while it is away: what was fetched and made is kept.</param>
    public async Task<ReportIngested> Run(
        ImageRegistered e, WorkFolder folder, Func<Func<Task>, CancellationToken, Task> wait, CancellationToken ct)
    {
        var file = folder.File("origin");
        var origin = e.Image.Upload is { } upload
            ? await Uploaded(upload)
            : await Fetch(new Uri(e.Image.Origin!), file, ct);
        var made = await Make(file, e.Image, folder.Path, ct);

        var objects = new List<(StorageKey Key, string File)>();
        StoredPyramid? pyramid = made.Pyramid is { } p
            ? new(Kept("pyramids", p.File, p.Sha256, "zip"), p.Bytes, p.Sha256, p.TileSize, p.Levels) : null;
        List<StoredThumbnail> thumbnails = [.. made.Thumbnails.Select(t => new StoredThumbnail(
            Kept("thumbs", t.File, t.Sha256, "jpg"), t.Width, t.Height, t.Bytes, t.Sha256))];
        await wait(() => Task.WhenAll(objects.Select(o => Storage.Put(o.Key, o.File, ct))), ct);
        return new(
            e.Id, e.Registration, made.Width, made.Height, made.MediaType, origin, pyramid, thumbnails, made.Tools);

        string Kept(string kind, string path, string sha256, string extension)
        {
            var key = StorageKey.Of(e.Id.Customer, kind, sha256, extension);
            objects.Add((key, path));
            return key.Value;
        }

        async Task<FetchedOrigin> Uploaded(StoredUpload upload)
        {
            await wait(() => Copy(upload, file, ct), ct);
            return new(upload.Bytes, upload.Sha256);
        }
    }

    private async Task Copy(StoredUpload upload, string file, CancellationToken ct)
    {
        var key = new StorageKey(upload.Key);
        try
        {
            await using var source = await Storage.Open(key, ct);
            await using var target = File.Create(file);
            await source.CopyToAsync(target, ct);
        }
        catch (StorageMissException) when (!ct.IsCancellationRequested)
        {
            // That the image fails for it is final: a store that is out of order is asked again.
            if (await Storage.Find(key, ct) is null) throw;
            throw new StorageUnavailableException($"the storage has {key}, and gives less of it than it has");
        }
    }
}

internal delegate Task<FetchedOrigin> FetchOrigin(Uri origin, string file, CancellationToken ct);

internal delegate Task<MadeDerivatives> MakePixels(
    string file, ImageDescription image, string folder, CancellationToken ct);
