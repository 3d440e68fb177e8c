namespace Dlcs.Write.Bodies;

/// <summary>What of files one request may bring.</summary>
/// <param name="Files">Each costs a file and buffers, though nothing were in it.</param>
/// <param name="Bytes">Of one, decoded.</param>
/// <param name="BytesOfAll">Of all together.</param>
public sealed record UploadLimits(int Files, long Bytes, long BytesOfAll);

/// <summary>The files that come with one request, in their order in the body.</summary>
public sealed class Uploads(string folder, UploadLimits limits) : IDisposable
{
    private readonly List<Upload> all = [];
    private bool isOneTooMany;

    public IReadOnlyList<Upload> All => all;

    /// <summary>Why reading on is pointless.</summary>
    public string? TooLarge =>
        all.Find(u => u.IsTooLarge) is { Fault: var fault } ? $"file {fault}"
        : isOneTooMany ? limits.Files is 1 ? "file may be sent only once"
            : FormattableString.Invariant($"file may be sent at most {limits.Files} times")
        : null;

    /// <returns><c>null</c> when it would be one too many.</returns>
    public Upload? Begin()
    {
        isOneTooMany |= all.Count == limits.Files;
        if (isOneTooMany) return null;

        var upload = new Upload(folder, Math.Min(limits.Bytes, limits.BytesOfAll - all.Sum(u => u.Bytes)));
        all.Add(upload);
        return upload;
    }

    /// <returns><c>null</c>: there is none of that name.</returns>
    public Upload? Find(string name) => all.Find(u => u.Name == name);

    public void Dispose() => all.ForEach(u => u.Dispose());
}
