using System.Text.Json;
using Dlcs.Kernel.Events;

namespace Dlcs.Unit;

/// <summary>Given these events, when this is decided, then those events follow.</summary>
public abstract class Specification<TState> where TState : IState<TState>
{
    protected static Past Given(params IEvent[] events) => new(events);

    protected sealed record Past(IEvent[] Events)
    {
        public Then When(Func<TState, Decision> decide) =>
            new(decide(Recording.Of(Events).Aggregate(TState.Initial, TState.Evolve)));
    }

    protected sealed record Then(Decision Decision)
    {
        /// <summary>Compared as the log would keep them: lists by what they hold.</summary>
        public void Appends(params IEvent[] events)
        {
            Decision.Rejection.ShouldBeNull();
            Decision.Events.Select(Json).ShouldBe(events.Select(Json));
        }

        public void AppendsNothing() => Appends();

        public void IsRejected(RejectionKind kind) => Decision.Rejection.ShouldNotBeNull().Kind.ShouldBe(kind);

        private static string Json(IEvent e) =>
            EventTypes.Of(e).Name + JsonSerializer.Serialize(e, e.GetType(), EventJson.Default);
    }
}
