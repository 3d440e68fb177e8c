using System.Text.Json;
using Dlcs.Kernel;
using Dlcs.Write.Bodies;
using Dlcs.Write.Images;

namespace Dlcs.Write.Batches;

/// <summary>One image of a batch as it was sent.</summary>
/// <param name="Label">Names it in faults: its place from 0, and the id that it was sent with.</param>
/// <param name="Id">Absent when it cannot be told.</param>
public sealed record Member(string Label, ImageBody? Body, Upload? File, ImageId? Id, IReadOnlyList<string> Faults)
{
    internal static Member Read(int customer, int index, JsonElement e, Uploads uploads, RegisterImageValidator rules)
    {
        var place = FormattableString.Invariant($"member[{index}]");
        if (e.ValueKind is not JsonValueKind.Object)
            return new(place, null, null, null, [$"{place} must be an object"]);

        var fields = new Fields(e);
        var body = ImageBody.Read(fields);
        var file = ImageUpload.FileOf(body, uploads, fields);
        var id = Identify(customer, body, fields);
        var label = Sent(body) is { } sent ? $"{place} '{Short(sent)}'" : place;
        return new(label, body, file, id, [.. rules.Faults(body, fields).Select(fault => $"{label}: {fault}")]);
    }

    /// <summary>Short (<c>x1</c>) with a space, or full (<c>2/5/x1</c>), or by <c>@id</c>, as old clients do.</summary>
    private static ImageId? Identify(int customer, ImageBody body, Fields fields)
    {
        var url = body.Url.Or("") is { Length: > 0 } sent ? ImageName.InUrl(sent) : null;
        if (Sent(body) is not { } id) return Refuse("id", "is missing");

        var full = ImageId.TryParse(id, null, out var parsed) ? parsed : (ImageId?)null;
        if ((body.Space.HasValue ? body.Space.Value : url?.Space.Space ?? full?.Space.Space) is not { } number)
            return fields.Faults.Any(f => f.Field == "space") ? null : Refuse("space", "is missing");
        if (number < 0) return Refuse("space", "must not be negative");

        var space = new SpaceId(customer, number);
        if (full is { } other && other.Customer != customer && (!body.Space.HasValue || other.Space.Space == number))
            return Refuse("id", $"names an image of customer {other.Customer}");
        if (full is { } moved && moved.Customer == customer && moved.Space != space)
            return Refuse("id", $"names an image of space {moved.Space.Space}, and space says {number}");

        var image = new ImageId(space, ImageName.Within(id, space));
        if (ImageName.Fault(image.Name) is { } fault) return Refuse("id", fault);
        return url is { } named && named != image ? Refuse("@id", "is the URL of another image") : image;

        ImageId? Refuse(string field, string reason)
        {
            fields.Refused<string>(field, reason);
            return null;
        }
    }

    /// <summary>Given by <c>id</c>, or as the end of <c>@id</c>.</summary>
    private static string? Sent(ImageBody body) =>
        body.Id.Or("") is { Length: > 0 } id ? id
        : body.Url.Or("") is { Length: > 0 } url ? ImageName.InUrl(url)?.Name
        : null;

    private static string Short(string id) => id.Length > 60 ? $"{id[..60]}…" : id;
}
