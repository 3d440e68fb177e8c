namespace Dlcs.Write;

/// <summary>Limits and addresses of the write side, as the installation sets them.</summary>
public sealed record WriteSettings
{
    /// <summary>What the ids of the API begin with, with a slash at the end or without; absent: the request's host.
    /// </summary>
    public string? ApiUrl { get; init; }

    /// <summary>Most members of one batch.</summary>
    public int BatchMembers { get; init; } = 1_000;

    /// <summary>Most bytes of a body that is not a batch, uploaded files aside.</summary>
    public int BodyBytes { get; init; } = 1 << 20;

    /// <summary>Most bytes of a batch's body, uploaded files aside.</summary>
    public int BatchBytes { get; init; } = 16 << 20;

    /// <summary>Most bytes of one uploaded file.</summary>
    public long UploadBytes { get; init; } = 100L << 20;

    /// <summary>Most bytes of the files uploaded with one batch, together.</summary>
    public long BatchUploadBytes { get; init; } = 400L << 20;

    /// <summary>Where uploads lie until they are stored.</summary>
    public string UploadFolder { get; init; } = Path.Combine(Path.GetTempPath(), "dlcs-uploads");

    /// <summary>Longest edge that is ever served, pixels.</summary>
    public int LongestEdge { get; init; } = 5_000;

    /// <summary>How long a request for one image waits for its processing.</summary>
    public TimeSpan ImmediateWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After how long what a crash interrupted is finished by another.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);
}
