namespace Dlcs.Host.Http;

/// <summary>HEAD, wherever GET is answered (RFC 9110, section 9.3.2). The server itself leaves the body out.</summary>
internal static class Heads
{
    /// <summary>A group whose endpoints answer HEAD where they are mapped for GET.</summary>
    public static RouteGroupBuilder MapWithHeads(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("");
        ((IEndpointConventionBuilder)group).Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<HttpMethodMetadata>().LastOrDefault()?.HttpMethods is ["GET"])
                endpoint.Metadata.Add(new HttpMethodMetadata(["GET", "HEAD"]));
        });
        return group;
    }
}
