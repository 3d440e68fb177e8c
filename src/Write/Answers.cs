using Dlcs.Kernel.Events;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Write;

/// <summary>How faults and refusals read over HTTP: here, and nowhere else.</summary>
internal static class Answers
{
    /// <summary>More faults than these are counted, not listed.</summary>
    private const int Listed = 100;

    public static IResult Invalid(IReadOnlyCollection<string> faults)
    {
        var listed = faults.Count > Listed ? faults.Take(Listed).Append($"and {faults.Count - Listed} more") : faults;
        return Problem(StatusCodes.Status400BadRequest, string.Join(". ", listed));
    }

    public static IResult TooLarge(string reason) => Problem(StatusCodes.Status413PayloadTooLarge, reason);

    public static IResult NotJson(string type) => Problem(
        StatusCodes.Status415UnsupportedMediaType, $"the body is {type}: send application/json");

    public static IResult ToProblem(this Rejection rejection) => Problem(rejection.Kind switch
    {
        RejectionKind.Invalid => StatusCodes.Status400BadRequest,
        RejectionKind.Forbidden => StatusCodes.Status403Forbidden,
        RejectionKind.NotFound => StatusCodes.Status404NotFound,
        RejectionKind.Conflict => StatusCodes.Status409Conflict,
        _ => throw new ArgumentOutOfRangeException(nameof(rejection), rejection.Kind, message: null),
    }, rejection.Reason);

    private static IResult Problem(int status, string detail) =>
        Results.Problem(detail, statusCode: status, title: status switch
        {
            StatusCodes.Status400BadRequest => "Bad request: Validation failed",
            StatusCodes.Status403Forbidden => "Forbidden",
            StatusCodes.Status404NotFound => "Not found",
            StatusCodes.Status409Conflict => "Request failed: Conflict",
            StatusCodes.Status413PayloadTooLarge => "Payload too large",
            _ => "Unsupported media type",
        });
}
