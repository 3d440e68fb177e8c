namespace Dlcs.Read.Images.Elastic;

/// <summary>Which engine it is. The two tell points in time differently, all else alike.</summary>
/// <param name="Version">Such as <c>8.14.3</c>.</param>
internal sealed record ElasticProduct(string Name, string Version)
{
    public const string Tested = "Elasticsearch 8 from 8.14 on, OpenSearch 2 from 2.19 on";

    public bool IsOpenSearch => Name is "OpenSearch";

    public bool IsTested => Number is { } v
        && (IsOpenSearch ? v.Major is 2 && v.Minor >= 19 : Name is "Elasticsearch" && v.Major is 8 && v.Minor >= 14);

    /// <summary>Whether it compares only numbers that are indexed: all others it would refuse to look at.</summary>
    public bool LooksAtIndexedOnly => IsBefore(elasticsearch: new(8, 1), openSearch: new(2, 12));

    /// <summary>Whether it has no points in time, which every query of a past reads.</summary>
    private bool IsTooOld => IsBefore(elasticsearch: new(7, 10), openSearch: new(2, 4));

    private System.Version? Number => System.Version.TryParse(Version.Split('-')[0], out var number) ? number : null;

    private bool IsBefore(System.Version elasticsearch, System.Version openSearch) => Number is { } v
        && (IsOpenSearch ? v < openSearch : Name is "Elasticsearch" && v < elasticsearch);

    /// <summary>A point in time over these indices.</summary>
    public string OpenPointInTime(string indices) => IsOpenSearch
        ? $"{indices}/_search/point_in_time?keep_alive=1m" : $"{indices}/_pit?keep_alive=1m";

    public string ClosePointInTime => IsOpenSearch ? "_search/point_in_time" : "_pit";

    /// <exception cref="IndexUnavailableException">It is no search engine, or one that is too old.</exception>
    public static ElasticProduct Of(RootAnswer root, ElasticSettings settings)
    {
        if (root.Version?.Number is not { } number)
            throw new IndexUnavailableException($"{settings} is no search engine: it does not say which version it is");
        var product = new ElasticProduct(root.Version.Distribution switch
        {
            null or "" => "Elasticsearch",
            "opensearch" => "OpenSearch",
            var other => other,
        }, number);
        return !product.IsTooOld ? product : throw new IndexUnavailableException(
            $"{settings} is {product.Name} {number}, which is too old: at least Elasticsearch 7.10 or OpenSearch 2.4 "
            + "is needed");
    }
}
