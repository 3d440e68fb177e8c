using System.Net;

namespace Dlcs.Read.Images.Elastic;

/// <summary>The engine answered, and refused.</summary>
/// <param name="type">In the engine's words, such as <c>index_not_found_exception</c>.</param>
internal sealed class ElasticException(HttpStatusCode status, string type, string reason)
    : Exception($"{(int)status} {type}: {reason}")
{
    /// <summary>What answered is no search engine, or gave no reason.</summary>
    public const string NoType = "error";

    /// <summary>Nothing is written just now: of old, a full disk is said with 403 and this.</summary>
    public const string Block = "cluster_block_exception";

    private const string NoIndex = "index_not_found_exception";

    public HttpStatusCode Status => status;

    public string Type => type;

    public bool IsLostIndex => type is NoIndex;

    /// <summary>What was asked for is not there: the engine itself is well.</summary>
    public bool IsAnswer => status is HttpStatusCode.NotFound && type is not NoType;

    /// <summary>Too busy, or not whole at the moment: the same may well succeed a little later.</summary>
    public bool MayPass => IsPassing((int)status);

    public static bool IsPassing(int status) => status is 429 or 502 or 503 or 504;

    public static bool IsNoIndex(string type) => type is NoIndex;
}
