using System.Diagnostics;
using System.Text;
using Dlcs.Write;

namespace Dlcs.Host.Http;

/// <summary>
/// Gives every request of the API a correlation id, the client's or a new one: it is in every line that is logged for
/// the request, in the events that it appends, and in the answer. The position leads on to the views and the worker.
/// </summary>
internal static class RequestLog
{
    public static async Task Write(HttpContext http, RequestDelegate next)
    {
        var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Dlcs.Api");
        var given = http.Request.Headers[Caller.CorrelationHeader].ToString();
        http.TraceIdentifier = Caller.IsKept(given) ? given : Guid.CreateVersion7().ToString();
        http.Response.OnStarting(Name, http); // a failure takes away the headers that were set before it
        var began = Stopwatch.GetTimestamp();
        using (logger.BeginScope("{CorrelationId}", http.TraceIdentifier))
        {
            try
            {
                await next(http);
            }
            finally
            {
                logger.Log(
                    IsRead(http.Request.Method) ? LogLevel.Debug : LogLevel.Information,
                    "{Method} {Path} answered {Status} in {Elapsed:0} ms; position {Position}",
                    http.Request.Method, http.Request.Path.Value, http.Response.StatusCode,
                    Stopwatch.GetElapsedTime(began).TotalMilliseconds,
                    http.Response.Headers["Dlcs-Position"].ToString());
            }
        }
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private static Task Name(object context)
    {
        var http = (HttpContext)context;
        if (Ascii.IsValid(http.TraceIdentifier))
            http.Response.Headers[Caller.CorrelationHeader] = http.TraceIdentifier;
        return Task.CompletedTask;
    }
}
