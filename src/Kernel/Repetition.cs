namespace Dlcs.Kernel;

/// <summary>
/// Lets the same sentence through once a minute: what a thousand requests meet at the same time is said once.
/// </summary>
public sealed class Repetition(TimeProvider time)
{
    /// <summary>Different sentences that are let through in a minute.</summary>
    private const int Most = 12;

    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly Lock access = new();
    private readonly Dictionary<string, long> said = [];

    /// <summary>Whether it is to be said: it was not in the last minute, and not too much else was.</summary>
    public bool IsNew(string sentence)
    {
        lock (access)
        {
            var now = time.GetTimestamp();
            if (said.TryGetValue(sentence, out var at) && time.GetElapsedTime(at, now) < Again) return false;
            foreach (var (old, _) in said.Where(s => time.GetElapsedTime(s.Value, now) >= Again).ToList())
                said.Remove(old);
            if (said.Count >= Most) return false;
            said[sentence] = now;
            return true;
        }
    }

    /// <summary>It is over: what was said would be new again.</summary>
    public void Forget()
    {
        lock (access) said.Clear();
    }
}
