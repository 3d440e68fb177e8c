namespace Dlcs.Host.Commands.Adding;

/// <summary>What to add, and as what.</summary>
/// <param name="Space">By name; it is made when there is none.</param>
/// <param name="Query">The named query that makes the manifest; it is defined when there is none.</param>
/// <param name="BatchSize">Images that are registered together.</param>
internal sealed record Addition(
    string Folder, string Space, string Query, string String1, string String2, string String3, int BatchSize = 250);

/// <summary>How far it is, in pictures.</summary>
/// <param name="Unchanged">Were there already, just so.</param>
internal sealed record AddingProgress(int Total, int Unchanged, int Sent, int Processed, int Failed);

/// <param name="Space">Its number.</param>
/// <param name="ManifestPath">Of the manifest, on the public host.</param>
/// <param name="Manifest">Absent when no picture can be served.</param>
/// <param name="Failures">Id and reason.</param>
internal sealed record Added(
    int Space, string ManifestPath, Uri? Manifest, AddingProgress Progress,
    IReadOnlyList<(string Id, string Reason)> Failures);
