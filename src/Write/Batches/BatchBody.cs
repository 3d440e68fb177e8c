using System.Globalization;
using System.Text.Json;
using Dlcs.Write.Bodies;
using Dlcs.Write.Images;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Write.Batches;

/// <summary>An unpaged Collection of images. What is wrong with its members stands with them.</summary>
public sealed record BatchBody(IReadOnlyList<Member> Members, IResult? Refusal) : IRefusable
{
    public static async ValueTask<BatchBody> BindAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var settings = services.GetRequiredService<WriteSettings>();
        var uploads = new Uploads(
            settings.UploadFolder, new(settings.BatchMembers, settings.UploadBytes, settings.BatchUploadBytes));
        http.Response.RegisterForDispose(uploads);
        var json = await JsonBody.Read(http, settings.BatchBytes, uploads, settings.BatchUploadBytes);
        if (json.Refusal is { } no) return new([], no);
        if (Refuse(json.Root, settings.BatchMembers) is { } refused) return new([], refused);

        var customer = int.Parse((string)http.GetRouteValue("customer")!, CultureInfo.InvariantCulture);
        var rules = services.GetRequiredService<RegisterImageValidator>();
        return new(
            [
                .. json.Root.GetProperty("member").EnumerateArray()
                    .Select((e, i) => Member.Read(customer, i, e, uploads, rules)),
            ],
            null);
    }

    /// <returns>What to answer when it is no collection that can be taken; <c>null</c> when it is one.</returns>
    internal static IResult? Refuse(JsonElement root, int most)
    {
        if (!root.TryGetProperty("member", out var member)) return Answers.Invalid(["member is missing"]);
        if (member.ValueKind is not JsonValueKind.Array) return Answers.Invalid(["member must be a list"]);
        if (root.TryGetProperty("@type", out var type)
            && type.ValueKind is not JsonValueKind.Null
            && type.GetRawText() is not ("\"Collection\"" or "\"hydra:Collection\""))
            return Answers.Invalid(["@type must be Collection"]);
        if (root.TryGetProperty("view", out var view) && view.ValueKind is not JsonValueKind.Null)
            return Answers.Invalid(["view must be left out: a batch is one page"]);

        return member.GetArrayLength() switch
        {
            0 => Answers.Invalid(["member must not be empty"]),
            var n when n > most => Answers.TooLarge($"a batch holds at most {most} members, and this one has {n}"),
            _ => null,
        };
    }
}
