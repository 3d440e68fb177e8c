using Dlcs.Processing.Queue;
using FsCheck;
using FsCheck.Fluent;

namespace Dlcs.Unit.Processing;

public sealed class TakingTurns
{
    [Fact]
    public void lets_three_images_pass_ten_thousand_of_another_customer()
    {
        var lane = new SimulatedLane();
        lane.Register(Enumerable.Repeat(1, 10_000));
        lane.Serve(500);

        lane.Register([2, 2, 2]);

        lane.Serve(8).Count(c => c is 2).ShouldBe(3);
    }

    [Fact]
    public void does_not_repay_a_customer_for_time_that_it_did_not_use()
    {
        var lane = new SimulatedLane();
        lane.Register(Enumerable.Repeat(1, 1_000));
        lane.Serve(1_000);

        lane.Register(Enumerable.Repeat(2, 10));
        lane.Register([1]);

        lane.Serve(3).ShouldContain(1);
    }

    [Fact]
    public void keeps_each_customers_order() => Check(history =>
    {
        var lane = new SimulatedLane();
        return history.All(customers => lane.Register(customers).Zip(customers)
            .GroupBy(x => x.Second, x => x.First)
            .All(turns => turns.SequenceEqual(turns.Order()) && turns.Distinct().Count() == turns.Count()));
    });

    [Fact]
    public void serves_those_who_wait_all_the_while_alike_whatever_came_before() => Check(history =>
    {
        var lane = new SimulatedLane();
        foreach (var customers in history)
        {
            lane.Register(customers);
            lane.Serve(customers.Length / 2);
        }
        lane.Serve(int.MaxValue);
        lane.Register([.. Enumerable.Repeat(1, 50), .. Enumerable.Repeat(2, 50), .. Enumerable.Repeat(3, 50)]);

        var served = lane.Serve(75).CountBy(c => c).ToDictionary();
        return served.Values.Max() - served.Values.Min() <= 1;
    });

    /// <summary>Holds for any history: pages of registrations, each a list of customers.</summary>
    private static void Check(Func<int[][], bool> holds) => Prop
        .ForAll(Gen.Choose(1, 4).ArrayOf().ArrayOf().ToArbitrary(), holds)
        .QuickCheckThrowOnFailure();

    /// <summary>A lane as the ledger keeps it, with a worker that takes the first.</summary>
    private sealed class SimulatedLane
    {
        private readonly PriorityQueue<int, (long Turn, int Arrival)> waiting = new();
        private readonly Dictionary<int, long> last = [];
        private int arrivals;

        public IReadOnlyList<long> Register(IEnumerable<int> customers)
        {
            var now = waiting.TryPeek(out _, out var first) ? first.Turn : last.Values.DefaultIfEmpty(0).Max();
            foreach (var past in last.Where(l => l.Value < now).ToList()) last.Remove(past.Key);
            var turns = Turns.Take(now, last, customers);
            foreach (var (turn, customer) in turns.Zip(customers)) waiting.Enqueue(customer, (turn, arrivals++));
            return turns;
        }

        public IReadOnlyList<int> Serve(int atMost)
        {
            var served = new List<int>();
            while (served.Count < atMost && waiting.TryDequeue(out var customer, out _)) served.Add(customer);
            return served;
        }
    }
}
