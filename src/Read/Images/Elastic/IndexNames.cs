namespace Dlcs.Read.Images.Elastic;

/// <summary>
/// The indices of one generation: images as they are, and as they were. Documents are written through aliases only, so
/// that an index that is lost is never made again by a write that comes too late.
/// </summary>
internal sealed record IndexNames(string Prefix, int Generation)
{
    public string Now { get; } = FormattableString.Invariant($"{Prefix}-images-{Generation}");

    public string Was => $"{Now}-was";

    public string Both => $"{Now},{Was}";

    public string NowFeed => $"{Now}-feed";

    public string WasFeed => $"{Was}-feed";

    /// <summary>For people, always the live generation's. Queries ask the generation itself.</summary>
    public string Alias => $"{Prefix}-images";

    public string AliasWas => $"{Alias}-was";
}
