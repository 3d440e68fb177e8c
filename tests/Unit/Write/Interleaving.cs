using Dlcs.Kernel.Events;

namespace Dlcs.Unit.Write;

/// <summary>
/// Runs two actors on one log, in every order that their steps can take: at each of the first steps at which both could
/// go on, both ways are tried. What is not told apart by then goes on with the first.
/// </summary>
internal static class Interleaving
{
    private const int Choices = 10;

    /// <param name="world">A log of its own for each order, and the two who meet on it.</param>
    public static Task InEveryOrder(Func<InMemoryLog, Task<World>> world) => Explore(world, order: 0, chosen: 0);

    private static async Task Explore(Func<InMemoryLog, Task<World>> world, int order, int chosen)
    {
        var log = new InMemoryLog();
        var (first, second, then) = await world(log);
        var choices = await Run(log, order, first, second);
        await then();

        await Task.WhenAll(Enumerable.Range(chosen, Math.Max(0, choices - chosen))
            .Select(at => Explore(world, order | (1 << at), at + 1)));
    }

    /// <returns>How often there was a choice.</returns>
    private static async Task<int> Run(
        InMemoryLog log, int order, Func<IEventStore, Task> first, Func<IEventStore, Task> second)
    {
        Actor[] actors = [new(), new()];
        actors[0].Start(first, log);
        actors[1].Start(second, log);
        var choices = 0;
        while (true)
        {
            await Task.WhenAll(actors.Select(a => a.Settled));
            var able = actors.Where(a => !a.Work.IsCompleted).ToList();
            if (able is []) break;
            if (able is [var only]) only.Go();
            else able[choices < Choices ? (order >> choices++) & 1 : 0].Go();
        }
        await Task.WhenAll(actors.Select(a => a.Work));
        return choices;
    }

    /// <param name="Then">Looks at what came of it.</param>
    public sealed record World(Func<IEventStore, Task> First, Func<IEventStore, Task> Second, Func<Task> Then);

    private sealed class Actor
    {
        private TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Work { get; private set; } = Task.CompletedTask;

        /// <summary>It waits for its next turn, or has ended.</summary>
        public Task Settled => Task.WhenAny(waits.Task, Work);

        public void Start(Func<IEventStore, Task> work, InMemoryLog log) => Work = work(log.For(Turn));

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
