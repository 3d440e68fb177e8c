namespace Dlcs.Host.Http;

/// <summary>
/// Writes every error in its one shape, whatever the client accepts: ASP.NET's own writer has nothing to say to those
/// who accept JSON-LD or HTML alone.
/// </summary>
internal sealed class ErrorWriter : IProblemDetailsWriter
{
    private const string LinkedData = "application/ld+json";
    private const string Problem = "application/problem+json";

    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        Errors.Describe(context);
        var http = context.HttpContext;
        return new(http.Response.WriteAsJsonAsync(
            context.ProblemDetails, options: null, ContentType(http.Request), http.RequestAborted));
    }

    private static string ContentType(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return Accepts(LinkedData) && !Accepts("application/json") && !Accepts(Problem) ? LinkedData : Problem;

        bool Accepts(string type) => accepted.Any(range => range.MatchesMediaType(type));
    }
}
