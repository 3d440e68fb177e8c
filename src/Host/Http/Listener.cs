using Microsoft.AspNetCore.Routing.Matching;

namespace Dlcs.Host.Http;

/// <summary>
/// The port that an endpoint is served on. Two hosts live in one process, and neither answers for the other: nothing
/// IIIF on the API's, nothing of the API on the public one.
/// </summary>
public sealed record Listener(int Port);

/// <summary>Takes endpoints out of the choice that belong to the other host.</summary>
public sealed class ListenerPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => -1000; // before methods are looked at, so that the other host's never make a 405

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(e => e.Metadata.GetMetadata<Listener>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            var port = candidates[i].Endpoint.Metadata.GetMetadata<Listener>()?.Port;
            if (port is not null && port != httpContext.Connection.LocalPort) candidates.SetValidity(i, false);
        }
        return Task.CompletedTask;
    }
}
