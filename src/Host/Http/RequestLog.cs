using System.Diagnostics;
using System.Text;

namespace Dlcs.Host.Http;

/// <summary>
/// Gives every request of the API a correlation id, the client's or a new one: it is in every line that is logged for
/// the request, in the events that it appends, and in the answer. The position leads on to the views and the worker.
/// </summary>
internal static class RequestLog
{
    /// <summary>Of requests and answers.</summary>
    public const string Header = "x-correlation-id";

    private const int Longest = 128;

    public static async Task Write(HttpContext http, RequestDelegate next)
    {
        var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Dlcs.Api");
        var given = http.Request.Headers[Header].ToString();
        var isTold = given.Length is > 0 and <= Longest && !given.Any(char.IsControl);
        http.TraceIdentifier = isTold ? given : Guid.CreateVersion7().ToString();
        if (Ascii.IsValid(http.TraceIdentifier)) http.Response.Headers[Header] = http.TraceIdentifier;
        var began = Stopwatch.GetTimestamp();
        using (logger.BeginScope("{CorrelationId}", http.TraceIdentifier))
        {
            await next(http);
            logger.Log(
                HttpMethods.IsGet(http.Request.Method) ? LogLevel.Debug : LogLevel.Information,
                "{Method} {Path} answered {Status} in {Elapsed:0} ms; position {Position}",
                http.Request.Method, http.Request.Path.Value, http.Response.StatusCode,
                Stopwatch.GetElapsedTime(began).TotalMilliseconds, http.Response.Headers["Dlcs-Position"].ToString());
        }
    }
}
