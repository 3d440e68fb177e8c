using Dlcs.Kernel.Events;
using Dlcs.Kernel.Storage;
using Dlcs.Write.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Write.Images;

/// <summary>An image that comes with all that registering it needs: perhaps its very bytes.</summary>
public sealed record ImageUpload(ImageBody? Read, Upload? File, IResult? Refusal) : IRefusable
{
    /// <exception cref="InvalidOperationException">It is refused.</exception>
    public ImageBody Value => Read ?? throw new InvalidOperationException("the body is refused");

    public static async ValueTask<ImageUpload> BindAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var settings = services.GetRequiredService<WriteSettings>();
        var uploads = new Uploads(
            settings.UploadFolder, new(Files: 1, settings.UploadBytes, settings.UploadBytes));
        http.Response.RegisterForDispose(uploads);
        var json = await JsonBody.Read(http, settings.BodyBytes, uploads, settings.UploadBytes);
        if (json.Refusal is { } no) return new(null, null, no);

        var fields = new Fields(json.Root);
        var body = ImageBody.Read(fields);
        var file = FileOf(body, uploads, fields);
        var faults = services.GetRequiredService<PutImageValidator>().Faults(body, fields);
        return faults is []
            ? new(body, file, null)
            : new(null, null, Answers.Invalid([.. faults.Select(f => f.ToString())]));
    }

    /// <summary>The file that came under this body's <c>file</c>.</summary>
    internal static Upload? FileOf(ImageBody body, Uploads uploads, Fields fields)
    {
        if (!body.File.HasValue) return null;
        var file = uploads.Find(body.File.Value);
        if (file is null or { Fault: not null }) fields.Refused<string>("file", file?.Fault ?? "must be named file");
        return file;
    }

    internal Task<StoredUpload>? Store(IStorage storage, int customer, CancellationToken ct) =>
        File?.Store(storage, customer, ct);
}
