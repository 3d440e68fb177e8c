using System.Text.Json;
using Dlcs.Kernel.Events;

namespace Dlcs.Write.Claims;

/// <summary>An event that gives its owner a name, or two, and the claim on them.</summary>
/// <param name="Owner">The stream that the event is for.</param>
/// <param name="Then">The event; it repeats the claim.</param>
public sealed record Bid(Guid Claim, StreamName Owner, IEvent Then)
{
    public static Bid For(CustomerCreated e) => new(e.Claim, StreamName.Customer(e.Customer), e);

    public static Bid For(CustomerRenamed e) => new(e.Claim, StreamName.Customer(e.Customer), e);

    public static Bid For(SpaceCreated e) => new(e.Claim, e.Id.Stream, e);

    public static Bid For(SpaceRenamed e) => new(e.Claim, e.Id.Stream, e);

    /// <summary>As it can be read from a claim that another made.</summary>
    public static Bid Of(NameClaimed claimed)
    {
        var type = EventTypes.Known.Single(known => known.Name == claimed.Then.Type).Type;
        var then = (IEvent)claimed.Then.Content.Deserialize(type, EventJson.Default)!;
        return new(claimed.Claim, new StreamName(claimed.Owner), then);
    }

    public bool IsRename => Then is CustomerRenamed or SpaceRenamed;

    /// <summary>The names, in the order in which they are claimed: whoever holds the last holds them all.</summary>
    public IReadOnlyList<(StreamName Stream, string Name)> Names => Then switch
    {
        CustomerCreated e =>
            [(StreamName.CustomerName(e.Name), e.Name), (StreamName.CustomerDisplayName(e.DisplayName), e.DisplayName)],
        CustomerRenamed e => [(StreamName.CustomerDisplayName(e.DisplayName), e.DisplayName)],
        SpaceCreated e => [(StreamName.SpaceName(e.Id.Customer, e.Name), e.Name)],
        SpaceRenamed e => [(StreamName.SpaceName(e.Id.Customer, e.Name), e.Name)],
        _ => throw new InvalidOperationException($"{Then.GetType().Name} gives no name"),
    };

    public NameClaimed On(string name)
    {
        var content = JsonSerializer.SerializeToElement(Then, Then.GetType(), EventJson.Default);
        return new(Claim, name, Owner.Value, new(EventTypes.Of(Then).Name, content));
    }
}
