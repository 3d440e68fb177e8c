using Dlcs.Iiif.ImageApi.Pixels;
using Dlcs.Kernel;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.Pyramids;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Dlcs.Iiif.ImageApi.Serving;

/// <summary>Answers a request about an image that there is.</summary>
internal delegate Task ImageAnswer(HttpContext http, ServedImage image, PublicPath path);

/// <summary>What every request about an image passes: method, path, image; and what becomes of faults.</summary>
internal sealed class Entrance(Catalogue catalogue, ILogger<Entrance> log)
{
    private static readonly Refusal NoPath = new(404, "The URL must name an image: customer/space/image.");

    private readonly Repetition away = new(TimeProvider.System);
    private readonly Repetition lost = new(TimeProvider.System);

    public async Task Handle(HttpContext http, string prefix, ImageAnswer answer)
    {
        AnyOrigin.Allow(http.Response);
        if (!Methods.Reads(http.Request))
        {
            await Methods.Answer(http);
            return;
        }

        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (PublicPath.Parse(target, prefix) is not { } path)
        {
            await Headers.Refuse(http, NoPath);
            return;
        }

        try
        {
            if (!catalogue.TryFind(path, out var image))
            {
                if (await catalogue.Find(path, http.RequestAborted) is not { } found)
                {
                    await Headers.Refuse(http, NoImage(path));
                    return;
                }

                image = found;
            }

            http.Response.Headers[Headers.AssetId] = image.Path;
            await answer(http, image, path);
        }
        catch (Exception e) when (e is StorageMissException or NotAPyramidException or DamagedException)
        {
            SayLost(e, target);
            await Headers.Refuse(http, new(502, "What is stored of this image is missing or damaged."));
        }
        catch (Exception e) when (Database.IsAnEngines(e))
        {
            Say(e, target);
            await Headers.Refuse(http, new(503, "What this needs cannot be reached just now; please ask again."));
        }
        catch (OperationCanceledException)
        {
            // Either the client has gone, and nobody is answered; or a store did not answer in time.
            await Headers.Refuse(http, new(503, "A store did not answer in time; please ask again."));
        }
    }

    /// <summary>Thousands of tiles may meet the same.</summary>
    private void Say(Exception e, string target)
    {
        var reason = EngineUnavailableException.ReasonOf(e);
        if (away.IsNew(reason))
            log.LogWarning("503 for {Path}, and for what else meets the same in this minute: {Reason}", target, reason);
    }

    /// <summary>Every tile meets it after storage was restored from a backup that is older than the log.</summary>
    private void SayLost(Exception e, string target)
    {
        if (!lost.IsNew(e.Message)) return;
        log.LogError(
            "What is stored of {Path} is missing or damaged, and of what else meets the same in this minute: {Reason}. "
            + "An older backup? dlcs sweep --dry-run lists the images that lack something",
            target, e.Message);
    }

    private static Refusal NoImage(PublicPath path) =>
        new(404, $"There is no image {Uri.UnescapeDataString(path.ImageText)}.");
}
