using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Write;

// What a command must ask of others. Whoever puts the program together answers.

/// <summary>Whether the space holds no image, by a view that has folded what stands at that position.</summary>
public delegate Task<bool> SpaceIsEmpty(SpaceId space, Position after, CancellationToken ct);

/// <summary>The name of a customer's own named query; <c>null</c> when the customer has none by that id.</summary>
public delegate Task<string?> NamedQueryName(int customer, Guid id, CancellationToken ct);

/// <summary>
/// A number, counted from 1, that was probably never used; another with each call. Which number is won is decided in
/// the log.
/// </summary>
/// <param name="customer">Whose spaces are counted; 0 for what is counted over all customers.</param>
public delegate Task<int> NextIdHint(Counted kind, int customer, CancellationToken ct);

public enum Counted { Customer, Space, Batch }

/// <summary>
/// Waits for the first event behind <paramref name="from"/> that <see cref="Images.Image.Settles"/> the registration.
/// </summary>
/// <returns>Where that event stands.</returns>
/// <exception cref="OperationCanceledException"><paramref name="ct"/> ended before.</exception>
public delegate Task<Position> AwaitOutcome(ImageId image, Guid registration, Position from, CancellationToken ct);

/// <summary>How far the follower of unfinished work has come; <see cref="Checkpoint.Start"/> in a new log.</summary>
public delegate Task<Checkpoint> LoadCheckpoint(CancellationToken ct);

/// <summary>Everything up to there is finished. Kept when it is further than what is kept already.</summary>
public delegate Task SaveCheckpoint(Checkpoint checkpoint, CancellationToken ct);
