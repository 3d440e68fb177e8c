namespace Dlcs.Processing;

/// <summary>How images are processed.</summary>
public sealed record ProcessingSettings
{
    /// <summary>Images of the normal lane that are worked on at once. Each takes a core and some 100 MB.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Slots besides these that only the priority lane uses, so that a full normal lane never holds it up.
    /// </summary>
    public int PriorityParallelism { get; init; } = (Environment.ProcessorCount + 1) / 2;

    /// <summary>
    /// Whether other processes work on the same queue. They then watch each other, and one takes over what another left
    /// when it died. A process that is alone takes over at its start, at once, what it left when it died.
    /// </summary>
    public bool Shared { get; init; }

    /// <summary>PostgreSQL's schema for queues, inbox and dead letters.</summary>
    public string Schema { get; init; } = "dlcs_processing";

    /// <summary>Pauses before the tries that follow the first one; then the image has failed.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)];

    /// <summary>For one try: fetching, making and storing.</summary>
    public TimeSpan JobTimeout { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>How long a stop waits for running jobs. What is cut off is done again after the next start.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where jobs keep their files while they run.</summary>
    public string WorkFolder { get; init; } = "data/work";
}
