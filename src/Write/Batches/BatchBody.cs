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
        var (members, refused) = MembersOf(json.Root, settings.BatchMembers);
        if (refused is not null) return new([], refused);

        var customer = int.Parse((string)http.GetRouteValue("customer")!, CultureInfo.InvariantCulture);
        var rules = services.GetRequiredService<RegisterImageValidator>();
        return new([.. members.Select((e, i) => Member.Read(customer, i, e, uploads, rules))], null);
    }

    /// <returns>Its members, or what to answer when it is no collection that can be taken.</returns>
    internal static (IReadOnlyList<JsonElement> Members, IResult? Refusal) MembersOf(JsonElement root, int most)
    {
        var fields = new Fields(root);
        fields.RefuseAny("must be left out: a batch is one page", "view");
        if (fields.Text("@type").Or("Collection") is not ("Collection" or "hydra:Collection"))
            fields.Refused<string>("@type", "must be Collection");
        var members = fields.Items("member", (_, e) => Given.Of(e));
        if (fields.Faults is [] && !members.HasValue) fields.Refused<string>("member", "is missing");
        if (fields.Faults is not []) return ([], Answers.Invalid([.. fields.Faults.Select(f => f.ToString())]));

        return members.Value.Count switch
        {
            0 => ([], Answers.Invalid(["member must not be empty"])),
            var n when n > most =>
                ([], Answers.TooLarge($"a batch holds at most {most} members, and this one has {n}")),
            _ => (members.Value, null),
        };
    }
}
