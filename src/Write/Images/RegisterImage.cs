using Dlcs.Kernel.Events;
using Dlcs.Kernel.Storage;
using Dlcs.Write.Spaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dlcs.Write.Images;

/// <summary>Registers an image, or registers it again, also after it was deleted. It is processed each time.</summary>
/// <param name="Member">Its place in the batch.</param>
public sealed record RegisterImage(
    ImageDescription Image, Guid Registration, Lane Lane, int? Batch = null, int? Member = null)
{
    public static Decision Decide(RegisterImage command, Image image)
    {
        if (image.Registrations.Contains(command.Registration)) return []; // told twice
        if (command.Whole(image) is not { } whole)
            return Rejection.Invalid("origin is missing: say where the image is, or send its bytes as file");

        return
        [
            new ImageRegistered(
                whole.Id, command.Registration, whole, command.Lane, command.Batch, command.Member, image.Standing),
        ];
    }

    /// <summary>What is not said stays: the channels, and of an image that was uploaded what came with it.</summary>
    private ImageDescription? Whole(Image image)
    {
        var before = image.Exists ? image.Description : null;
        var whole = Image.DeliveryChannels is not [] ? Image
            : Image with { DeliveryChannels = before?.DeliveryChannels ?? Channels.Defaults };
        return whole is { Origin: not null } or { Upload: not null } ? whole
            : before?.Upload is { } upload ? whole with { Upload = upload }
            : null;
    }
}

/// <summary>Immediate mode: the answer is the processed image.</summary>
public static class RegisterImageEndpoint
{
    public static void Map(IEndpointRouteBuilder image)
    {
        image.MapPut("", Put);
        image.MapPost("", Post);
    }

    /// <summary>As PUT, for those who send the image's bytes.</summary>
    private static async Task<IResult> Post(
        ImagePlace place, ImageUpload body, HttpContext http, Caller caller, IEventStore store, IStorage storage,
        AwaitOutcome outcome, Show show, CancellationToken ct) => body.File is null
            ? Rejection.Invalid("file is missing: POST takes an image's bytes; register an origin with PUT").ToProblem()
            : await Put(place, body, http, caller, store, storage, outcome, show, ct);

    private static async Task<IResult> Put(
        ImagePlace place, ImageUpload body, HttpContext http, Caller caller, IEventStore store, IStorage storage,
        AwaitOutcome outcome, Show show, CancellationToken ct)
    {
        var id = place.Id;
        if (ImageIdentity.Fault(body.Value, id) is { } other) return Rejection.Invalid(other).ToProblem();
        var (home, _) = await store.Fold<Space>(id.Space.Stream, ct);
        if (Space.Refuses(id.Space, home) is { } closed)
            return (home.Exists ? closed : Rejection.Invalid(closed.Reason)).ToProblem();

        var upload = body.Store(storage, id.Customer, ct) is { } storing ? await storing : null;
        var description = body.Value.Describe(id, home, upload, caller.Api);
        var command = new RegisterImage(description, caller.Metadata.Command, Lane.Immediate);
        var (before, decision, registered) = await store.Decide<Image>(
            id.Stream, caller.Metadata, image => RegisterImage.Decide(command, image), ct);
        if (decision.Rejection is { } no) return no.ToProblem();
        var reopened = await store.KeepOpen( // also when the client hangs up
            [id.Space], caller.Metadata, CancellationToken.None);

        var last = await Processing.Wait(id, command.Registration, registered!.Value, caller, http, outcome);
        var status = before.Exists ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        return await show(http, new Shown.Image(id), status, last ?? reopened ?? registered);
    }
}
