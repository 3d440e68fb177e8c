using System.Collections.Frozen;

namespace Dlcs.Kernel.Events;

/// <summary>
/// The names on the wire, for ever: a type's name may change in the code, its name here may not. A shape only gets more
/// fields, which old events lack; for any other change there would have to be a next schema, and what reads this one.
/// </summary>
public static class EventTypes
{
    private static readonly (string Name, int Schema, Type Type)[] All =
    [
        ("CustomerCreated", 1, typeof(CustomerCreated)),
        ("CustomerRenamed", 1, typeof(CustomerRenamed)),
        ("KeyIssued", 1, typeof(KeyIssued)),
        ("KeyRevoked", 1, typeof(KeyRevoked)),
        ("SpaceCreated", 1, typeof(SpaceCreated)),
        ("SpaceRenamed", 1, typeof(SpaceRenamed)),
        ("SpaceDefaultsChanged", 1, typeof(SpaceDefaultsChanged)),
        ("SpaceClosing", 1, typeof(SpaceClosing)),
        ("SpaceReopened", 1, typeof(SpaceReopened)),
        ("SpaceDeleted", 1, typeof(SpaceDeleted)),
        ("NameClaimed", 1, typeof(NameClaimed)),
        ("NameReleased", 1, typeof(NameReleased)),
        ("ImageRegistered", 1, typeof(ImageRegistered)),
        ("ImageIngested", 1, typeof(ImageIngested)),
        ("ImageFailed", 1, typeof(ImageFailed)),
        ("ImageDescribed", 1, typeof(ImageDescribed)),
        ("ImageDeleted", 1, typeof(ImageDeleted)),
        ("BatchMembersAdded", 1, typeof(BatchMembersAdded)),
        ("BatchSubmitted", 1, typeof(BatchSubmitted)),
        ("BatchMembersPassedOver", 1, typeof(BatchMembersPassedOver)),
        ("NamedQueryDefined", 1, typeof(NamedQueryDefined)),
        ("NamedQueryChanged", 1, typeof(NamedQueryChanged)),
        ("NamedQueryRemoved", 1, typeof(NamedQueryRemoved)),
    ];

    private static readonly FrozenDictionary<string, (int Schema, Type Type)> ByName =
        All.ToFrozenDictionary(e => e.Name, e => (e.Schema, e.Type));

    private static readonly FrozenDictionary<Type, (string Name, int Schema)> ByType =
        All.ToFrozenDictionary(e => e.Type, e => (e.Name, e.Schema));

    /// <summary>Every name with its current schema and type.</summary>
    public static IReadOnlyList<(string Name, int Schema, Type Type)> Known => All;

    /// <exception cref="KeyNotFoundException">The type has no name on the wire.</exception>
    public static (string Name, int Schema) Of(IEvent e) => ByType[e.GetType()];

    /// <summary>The type of that name; <c>null</c> when this program does not know it in that schema.</summary>
    public static Type? Find(string name, int schema) =>
        ByName.TryGetValue(name, out var known) && known.Schema == schema ? known.Type : null;
}
