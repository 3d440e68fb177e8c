using System.Text.Json;

namespace Dlcs.Write.Bodies;

/// <summary>
/// The fields of one JSON object. What has the wrong type is collected as a fault and reads as not there. Names are
/// told apart without regard to case, as the DLCS always did, and none may come twice; what is not asked for is
/// ignored.
/// </summary>
public sealed class Fields
{
    private const int MostFaults = 200;

    private readonly Dictionary<string, JsonElement> named = new(StringComparer.OrdinalIgnoreCase);
    private readonly string path;
    private readonly List<Fault> faults;

    public Fields(JsonElement body) : this(body, "", [])
    {
    }

    private Fields(JsonElement body, string path, List<Fault> faults)
    {
        (this.path, this.faults) = (path, faults);
        foreach (var property in body.EnumerateObject())
            if (NameOf(property) is { } name && !named.TryAdd(name, property.Value))
                Add(name, "is sent twice: capitals do not tell names apart");
    }

    /// <summary>Only the first of very many: a body of wrong items alone would fill the memory with them.</summary>
    public IReadOnlyList<Fault> Faults => faults;

    public Given<string> Text(string name) => Find(name, e => TextOf(name, e));

    public Given<long> Number(string name) => Find(name, e => NumberOf(name, e, long.MinValue, long.MaxValue));

    /// <summary>A number of 32 bits.</summary>
    public Given<int> Small(string name) => Find(name, e =>
        NumberOf(name, e, int.MinValue, int.MaxValue) is { HasValue: true } n ? (int)n.Value : None<int>());

    public Given<bool> Flag(string name) => Find(name, e => e.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Wrong<bool>(name, "true or false", e),
    });

    public Given<IReadOnlyList<string>> Texts(string name) => Items(name, (item, e) => TextOf(item, e));

    /// <summary>A list, each item read by itself; items that are not read are left out.</summary>
    public Given<IReadOnlyList<T>> Items<T>(string name, Func<string, JsonElement, Given<T>> read) where T : notnull =>
        Find(name, e =>
        {
            if (e.ValueKind is not JsonValueKind.Array) return Wrong<IReadOnlyList<T>>(name, "a list", e);
            var items = e.EnumerateArray().Select((item, i) => read($"{name}[{i}]", item)).Where(i => i.HasValue);
            return Given.Of<IReadOnlyList<T>>([.. items.Select(i => i.Value)]);
        });

    /// <summary>The fields of an object within this one; what is wrong with them is wrong with this one.</summary>
    /// <param name="name">Where it is: <c>deliveryChannels[0]</c>.</param>
    public Fields Within(string name, JsonElement e) => new(e, $"{path}{name}.", faults);

    /// <summary>The text of an item.</summary>
    public Given<string> TextOf(string name, JsonElement e)
    {
        if (e.ValueKind is not JsonValueKind.String) return Wrong<string>(name, "a string", e);
        if (Unicode(e.GetString) is not { } text) return Refused<string>(name, "is not valid Unicode");
        return text.Contains('\0', StringComparison.Ordinal) ? Refused<string>(name, "must not hold U+0000") : text;
    }

    /// <summary>These are not the client's to set: what is sent must say nothing (absent, null, zero, empty).</summary>
    public void RefuseAny(string reason, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (named.TryGetValue(name, out var e) && !SaysNothing(e))
                Add(name, reason);
    }

    public Given<T> Refused<T>(string name, string reason) where T : notnull
    {
        Add(name, reason);
        return None<T>();
    }

    public Given<T> Wrong<T>(string name, string wanted, JsonElement e) where T : notnull =>
        Refused<T>(name, $"must be {wanted}, not {Kind(e)}");

    private void Add(string name, string reason)
    {
        if (faults.Count < MostFaults) faults.Add(new(path + name, reason));
    }

    private Given<T> Find<T>(string name, Func<JsonElement, Given<T>> read) where T : notnull =>
        !named.TryGetValue(name, out var e) ? None<T>() : e.ValueKind is JsonValueKind.Null ? Given.Null<T>() : read(e);

    private Given<long> NumberOf(string name, JsonElement e, long least, long most)
    {
        if (e.ValueKind is not JsonValueKind.Number) return Wrong<long>(name, "a number", e);
        return e.TryGetInt64(out var n) && n >= least && n <= most
            ? n
            : Refused<long>(name, $"must be a whole number from {least} to {most}");
    }

    private static string? NameOf(JsonProperty property) => Unicode(() => property.Name);

    /// <summary><c>null</c> for half a surrogate pair, which no other place would take either.</summary>
    private static string? Unicode(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Given<T> None<T>() where T : notnull => default;

    private static bool SaysNothing(JsonElement e) => e.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Number => e.TryGetDecimal(out var n) && n == 0,
        JsonValueKind.String => e.GetRawText() is "\"\"" or "\"0\"" // raw: it may be half a surrogate pair
            || e.GetRawText().StartsWith("\"0001-01-01T00:00:00", StringComparison.Ordinal), // an unset .NET date
        _ => false,
    };

    private static string Kind(JsonElement e) => e.ValueKind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
