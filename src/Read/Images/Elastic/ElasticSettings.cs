namespace Dlcs.Read.Images.Elastic;

/// <summary>Where the engine is, and how it is spoken to.</summary>
/// <param name="Url">Of the cluster, without user or password.</param>
/// <param name="Prefix">Begins the name of every index, so that installations can share an engine.</param>
public sealed record ElasticSettings(Uri Url, string Prefix)
{
    /// <summary>As the engine hands it out: base64 of id and key. Goes before user and password.</summary>
    public string? ApiKey { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Certificates (PEM) that may have signed the engine's; <c>null</c>: those the machine trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>Whether the engine must show whom it is, over https.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>Primary shards of each index. With one, counts of facets are exact.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Copies of each shard, once an index is filled.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Bytes that one bulk request has at most (one document may exceed it by itself).</summary>
    public int BulkBytes { get; init; } = 5 << 20;

    /// <summary>Bulk requests under way at the same time.</summary>
    public int BulkRequests { get; init; } = 3;

    /// <summary>How long a query may take.</summary>
    public TimeSpan QueryTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a bulk request is tried again while the engine is too busy, or away.</summary>
    public TimeSpan BulkTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Without secrets: they go into no log.</summary>
    public override string ToString() => Url.ToString().TrimEnd('/');
}
