namespace Dlcs.Processing.Fetching;

/// <summary>An origin could not be fetched.</summary>
/// <param name="reason">For a person. It names scheme, host and path of a URL, never user, password or query.</param>
/// <param name="mayPass">Whether another try, later, has a chance.</param>
public sealed class FetchException(FetchFailure failure, string reason, bool mayPass, Exception? inner = null)
    : Exception(reason, inner)
{
    public FetchFailure Failure => failure;

    public bool MayPass => mayPass;
}

/// <summary>All that can go wrong with an origin.</summary>
public enum FetchFailure
{
    /// <summary>Neither http nor https.</summary>
    Scheme,

    /// <summary>At an address that is not public.</summary>
    Address,

    /// <summary>Its name is unknown, or cannot be resolved now.</summary>
    Name,

    /// <summary>Nobody listens there, or no way leads there.</summary>
    Connection,
    Tls,
    Timeout,
    Redirect,
    Credentials,
    Missing,

    /// <summary>Another answer than 200.</summary>
    Answer,
    TooLarge,
    Empty,

    /// <summary>It breaks off before its end, each time.</summary>
    Truncated,
}
