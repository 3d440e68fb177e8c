using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Write.Images;

/// <summary>Waiting for an image to be processed, as immediate mode does.</summary>
internal static class Processing
{
    /// <returns>Where the outcome stands; <c>null</c> when it did not come in time, or nobody waits for it.</returns>
    public static async Task<Position?> Wait(
        ImageId id, Guid registration, Position registered, Caller caller, HttpContext http, AwaitOutcome outcome)
    {
        if (caller.RespondAsync) return null;

        var (services, aborted) = (http.RequestServices, http.RequestAborted);
        using var patience = new CancellationTokenSource(
            services.GetRequiredService<WriteSettings>().ImmediateWait, services.GetRequiredService<TimeProvider>());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, aborted);
        try
        {
            return await outcome(id, registration, registered, end.Token);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return null;
        }
    }
}
