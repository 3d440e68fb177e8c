using Dlcs.Kernel.Events;

namespace Dlcs.Unit.Write;

/// <summary>
/// Runs two actors on one log, in every order that their steps can take: at each of the first steps at which both could
/// go on, both ways are tried. What is not told apart by then goes on with the first.
/// </summary>
internal static class Interleaving
{
    private const int Choices = 8;

    /// <param name="world">A log of its own for each order, and the two who meet on it.</param>
    public static Task InEveryOrder(Func<InMemoryLog, Task<World>> world) => Explore(world, order: 0, chosen: 0);

    /// <summary>As many orders, drawn by chance; the same ones each time.</summary>
    public static Task InManyOrders(int orders, Func<InMemoryLog, Task<World>> world) =>
        Task.WhenAll(Enumerable.Range(0, orders).Select(async seed =>
        {
            var log = new InMemoryLog();
            var meeting = await world(log);
            var chance = new Random(seed);
            await Run(log, meeting.Actors, able => chance.Next(able));
            await meeting.Then();
        }));

    private static async Task Explore(Func<InMemoryLog, Task<World>> world, int order, int chosen)
    {
        var log = new InMemoryLog();
        var meeting = await world(log);
        var choices = 0;
        await Run(log, meeting.Actors, _ => choices < Choices ? (order >> choices++) & 1 : 0);
        await meeting.Then();

        await Task.WhenAll(Enumerable.Range(chosen, Math.Max(0, choices - chosen))
            .Select(at => Explore(world, order | (1 << at), at + 1)));
    }

    /// <param name="choose">Which of so many goes on.</param>
    private static async Task Run(
        InMemoryLog log, IReadOnlyList<Func<IEventStore, Task>> acts, Func<int, int> choose)
    {
        var actors = acts.Select(act => new Actor(act, log)).ToList();
        while (true)
        {
            await Task.WhenAll(actors.Select(a => a.Settled));
            var able = actors.Where(a => !a.Work.IsCompleted).ToList();
            if (able is []) break;
            able[able.Count > 1 ? choose(able.Count) : 0].Go();
        }
        await Task.WhenAll(actors.Select(a => a.Work));
    }

    /// <param name="Then">Looks at what came of it.</param>
    public sealed record World(Func<Task> Then, params IReadOnlyList<Func<IEventStore, Task>> Actors)
    {
        public World(Func<IEventStore, Task> first, Func<IEventStore, Task> second, Func<Task> then)
            : this(then, first, second)
        {
        }
    }

    private sealed class Actor
    {
        private TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Actor(Func<IEventStore, Task> work, InMemoryLog log) => Work = work(log.For(Turn));

        public Task Work { get; }

        /// <summary>It waits for its next turn, or has ended.</summary>
        public Task Settled => Task.WhenAny(waits.Task, Work);

        public void Go()
        {
            waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var now = go;
            go = new(TaskCreationOptions.RunContinuationsAsynchronously);
            now.SetResult();
        }

        private Task Turn()
        {
            var mine = go.Task;
            waits.TrySetResult();
            return mine;
        }
    }
}

/// <summary>The process is killed before its step of that number, from 0.</summary>
internal sealed class Killed(int step)
{
    private int steps;

    public Task Turn() => steps++ >= step ? throw new KilledException() : Task.CompletedTask;

    /// <summary>Whatever was done by then is in the log.</summary>
    public static async Task<bool> Before(int step, InMemoryLog log, Func<IEventStore, Task> work)
    {
        try
        {
            await work(log.For(new Killed(step).Turn));
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    private sealed class KilledException : Exception;
}
