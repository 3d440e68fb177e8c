using Dlcs.Kernel;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Read.Api;

/// <summary>What all ids begin with, without a slash at the end.</summary>
/// <param name="Api">Of the API host.</param>
/// <param name="Public">Of the public host.</param>
public sealed record Urls(string Api, string Public)
{
    public string Customer(int customer) => FormattableString.Invariant($"{Api}/customers/{customer}");

    public string Space(SpaceId id) => FormattableString.Invariant($"{Customer(id.Customer)}/spaces/{id.Space}");

    public string Image(ImageId id) => $"{Space(id.Space)}/images/{Uri.EscapeDataString(id.Name)}";

    public string Queue(int customer) => $"{Customer(customer)}/queue";

    public string Batch(int customer, int batch) =>
        FormattableString.Invariant($"{Queue(customer)}/batches/{batch}");

    public string NamedQuery(int customer, Guid id) => $"{Customer(customer)}/namedQueries/{id}";

    public string Key(int customer, Guid id) => $"{Customer(customer)}/keys/{id}";

    /// <summary>A role as clients see it; stored roles of the customer's own are relative.</summary>
    public string Role(int customer, string role) => OwnRole.Url(role, customer, Api);
}

/// <summary>Where ids come from: the settings, else the request's own host.</summary>
/// <param name="ApiUrl">Setting <c>ApiUrl</c>.</param>
/// <param name="PublicUrl">Setting <c>PublicUrl</c>.</param>
/// <param name="ApiPort">On which the API host listens.</param>
/// <param name="PublicPort">On which the public host listens.</param>
public sealed record UrlSettings(Uri? ApiUrl, Uri? PublicUrl, int ApiPort, int PublicPort)
{
    /// <summary>The ids for a request to either host.</summary>
    public Urls For(HttpRequest request)
    {
        var api = ApiUrl is null ? Sibling(request, ApiPort, PublicPort) : Text(ApiUrl);
        return new(api, PublicFor(request));
    }

    /// <summary>The public host alone.</summary>
    public string PublicFor(HttpRequest request) =>
        PublicUrl is null ? WithoutApi(Sibling(request, PublicPort, ApiPort)) : Text(PublicUrl);

    /// <summary>
    /// The request's host, on the wanted port when it came in on the other one. A port that only looks like the other's
    /// is a proxy's, or a container's outside.
    /// </summary>
    private static string Sibling(HttpRequest request, int wanted, int other)
    {
        var usual = request.IsHttps ? 443 : 80; // which no one writes
        var isOthers = request.HttpContext.Connection.LocalPort == other && (request.Host.Port ?? usual) == other;
        var host = !isOthers ? request.Host
            : wanted == usual ? new HostString(request.Host.Host) : new HostString(request.Host.Host, wanted);
        return $"{request.Scheme}://{host.ToUriComponent()}";
    }

    private static string WithoutApi(string url) => url.Replace("://api.", "://", StringComparison.Ordinal);

    private static string Text(Uri url) => url.AbsoluteUri.TrimEnd('/');
}
