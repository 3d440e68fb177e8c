namespace Dlcs.Write.Bodies;

/// <summary>The files that come with one request, in their order in the body.</summary>
/// <param name="limit">Most bytes of one.</param>
/// <param name="limitOfAll">Most bytes of all together.</param>
public sealed class Uploads(string folder, long limit, long limitOfAll) : IDisposable
{
    private readonly List<Upload> all = [];

    public IReadOnlyList<Upload> All => all;

    /// <summary>Why reading on is pointless.</summary>
    public string? TooLarge => all.Find(u => u.IsTooLarge) is { Fault: var fault } ? $"file {fault}" : null;

    public Upload Begin()
    {
        var upload = new Upload(folder, Math.Min(limit, limitOfAll - all.Sum(u => u.Bytes)));
        all.Add(upload);
        return upload;
    }

    public void Dispose() => all.ForEach(u => u.Dispose());
}
