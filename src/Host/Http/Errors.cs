using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Dlcs.Iiif;
using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Read.Api;
using Dlcs.Read.Projecting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Npgsql;

namespace Dlcs.Host.Http;

/// <summary>How refusals and failures read on the API host: Hydra's error and RFC 9457's in one body.</summary>
public static class Errors
{
    public const int RetryAfterSeconds = 5;

    private const string Failed = "This failed for a reason that is in the log";

    public static void Describe(ProblemDetailsContext context)
    {
        var (problem, http) = (context.ProblemDetails, context.HttpContext);
        var status = problem.Status ??= http.Response.StatusCode;
        var urls = http.RequestServices.GetRequiredService<UrlSettings>().For(http.Request);
        problem.Type = null;
        problem.Instance = $"{urls.Api}{http.Request.PathBase}{http.Request.Path}";
        problem.Title ??= ReasonPhrases.GetReasonPhrase(status);
        problem.Extensions.Remove("traceId");
        problem.Extensions["@context"] = "http://www.w3.org/ns/hydra/context.jsonld";
        problem.Extensions["@type"] = "Error";
        problem.Extensions["statusCode"] = status;
        problem.Extensions["description"] = problem.Detail ?? problem.Title;
    }

    /// <summary>
    /// Answers what an endpoint threw: 503 when something that it needs is away, else 500. On the public host a plain
    /// sentence, which any site's script may read.
    /// </summary>
    /// <param name="api">The port of the API host.</param>
    public static async Task Answer(HttpContext http, int api)
    {
        var failure = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var (status, title, detail) = Kind(failure);
        if (status is StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            Say(http, failure!);
        }
        else if (status is StatusCodes.Status500InternalServerError && http.Connection.LocalPort == api)
        {
            detail = $"{Failed}, under the x-correlation-id of this answer."; // the public host's have none
        }
        await Refuse(http, api, status, title, detail);
    }

    /// <summary>Lets no path with U+0000 through: no store takes it.</summary>
    /// <param name="api">The port of the API host.</param>
    public static Task RefuseNull(HttpContext http, RequestDelegate next, int api) => SentPath.HoldsNull(http)
        ? Refuse(http, api, StatusCodes.Status400BadRequest, "Bad request", "The path must not hold U+0000.")
        : next(http);

    private static Task Refuse(HttpContext http, int api, int status, string title, string detail)
    {
        if (http.Connection.LocalPort == api)
            return Results.Problem(detail, statusCode: status, title: title).ExecuteAsync(http);
        AnyOrigin.Allow(http.Response);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Text(detail, statusCode: status).ExecuteAsync(http);
    }

    /// <summary>A thousand requests may meet the same; each is in the log with its status already.</summary>
    private static void Say(HttpContext http, Exception failure)
    {
        var reason = EngineUnavailableException.ReasonOf(failure);
        var isNew = http.RequestServices.GetRequiredService<Repetition>().IsNew(reason);
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Errors)).Log(
            isNew ? LogLevel.Warning : LogLevel.Debug, "{Method} {Path} was refused: {Reason}",
            http.Request.Method, http.Request.Path.Value, reason);
    }

    /// <summary>Whether <see cref="Answer"/> logs it, in a sentence: then no stack is of use.</summary>
    public static bool IsToldInOneLine(Exception failure) =>
        Kind(failure).Status is StatusCodes.Status503ServiceUnavailable;

    private static (int Status, string Title, string Detail) Kind(Exception? failure) => failure switch
    {
        BadHttpRequestException bad => (bad.StatusCode, "Bad request", bad.Message),
        StaleViewException stale => (StatusCodes.Status503ServiceUnavailable, "Unavailable", stale.Message),
        _ when IsYetToBeMade(failure) => (
            StatusCodes.Status503ServiceUnavailable, "Unavailable",
            "This starts for the first time, and has no views yet. Try again shortly."),
        _ when IsAway(failure) => (
            StatusCodes.Status503ServiceUnavailable, "Unavailable",
            "A store that this needs cannot be reached at the moment. Nothing was lost: try again shortly."),
        LogReplacedException replaced => (StatusCodes.Status503ServiceUnavailable, "Unavailable", replaced.Message),
        AppendTooLargeException large => (StatusCodes.Status413PayloadTooLarge, "Too large", large.Message),
        _ => (StatusCodes.Status500InternalServerError, "Error", $"{Failed}."),
    };

    /// <summary>At the very first start the tables of the views come into being while they are asked for.</summary>
    public static bool IsYetToBeMade(Exception? failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable };

    /// <summary>Whether a store is away rather than the program wrong.</summary>
    public static bool IsAway([NotNullWhen(true)] Exception? failure) => failure switch
    {
        null => false,
        RevisionConflictException => true, // so many wanted the same stream that this one never had its turn
        _ when Database.IsAnEngines(failure) => true,
        _ => IsAway(failure.InnerException),
    };
}
