using System.Security.Cryptography.X509Certificates;
using EventStoreDb.Wire;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>How one loopback server behaves just now; tests turn its knobs.</summary>
internal sealed class LoopbackOptions
{
    /// <summary>What it says it is.</summary>
    public string Version { get; init; } = "23.10.8";

    public bool IsNew => Version.StartsWith("24", StringComparison.Ordinal);

    /// <summary>Whether events that are read from a stream say where in the log they stand.</summary>
    public bool TellsPositionsInStreams { get; init; } = true;

    /// <summary>Whether it knows <c>BatchAppend</c>.</summary>
    public bool KnowsBatches { get; init; } = true;

    /// <summary>To speak TLS with; <c>null</c>: whatever is said is heard.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Which certificate a client must show; <c>null</c>: none.</summary>
    public Predicate<X509Certificate2>? Demands { get; init; }

    /// <summary>Who may come in; <c>null</c>: everybody.</summary>
    public (string User, string Password)? Only { get; set; }

    /// <summary>Whether something else answers: a page, by a proxy, where gRPC was asked for.</summary>
    public bool TalksNonsense { get; set; }

    /// <summary>Whether its disk is full: it reads, and gets no append done.</summary>
    public bool IsFull { get; set; }

    /// <summary>What it is in its cluster while it knows of no leader elsewhere.</summary>
    public VNodeState State { get; init; } = VNodeState.Leader;

    /// <summary>Where the leader is; <c>null</c>: here.</summary>
    public int? LeaderPort { get; set; }

    /// <summary>How many calls it lets in before it knows of the leader elsewhere.</summary>
    public int LeadsFor { get; set; }

    /// <summary>The nodes of its cluster, as it tells of them; <c>null</c>: itself, and the leader.</summary>
    public Func<IEnumerable<ClusterMember>>? Members { get; set; }

    /// <summary><c>false</c>: it is starting, or electing.</summary>
    public bool Ready { get; set; } = true;

    /// <summary>Whether it has too much to do to let anyone in.</summary>
    public bool IsBusy { get; set; }

    /// <summary>How long it thinks before it answers anything.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How long it searches on, in silence, for one more event that meets a filter.</summary>
    public TimeSpan SearchesOn { get; set; }

    /// <summary>Whether it says by an error, not within the answer, that a stream has not begun.</summary>
    public bool FailsWithoutStream { get; set; }

    /// <summary>How long it takes until a stream shows what was appended to it.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>How many appends it is still going to lose, with the connection.</summary>
    public int Losses { get; set; }

    /// <summary>Whether what it loses is done.</summary>
    public bool LosesOnlyTheAnswer { get; set; }

    /// <summary>Whether it confirms subscriptions; otherwise whoever subscribes hears nothing.</summary>
    public bool Confirms { get; set; } = true;

    /// <summary>After how many events it ends a subscription, well and without a word; 0: never.</summary>
    public int SubscribesFor { get; set; }

    /// <summary>What it says of every append instead of making it; <c>null</c>: it makes them.</summary>
    public Appended? Instead { get; set; }

    /// <summary>What answers to a batch wait for, while more of it is heard.</summary>
    public Task BatchesAreAnswered { get; init; } = Task.CompletedTask;

    /// <summary>Whether it says between the answers to a read what no client need understand.</summary>
    public bool Chatters { get; init; }

    /// <summary>Whether it makes appends and says so; otherwise its answers are empty.</summary>
    public bool SaysWhatBecameOfAppends { get; init; } = true;
}
