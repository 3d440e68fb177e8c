using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Dlcs.Kernel.Events;

namespace Dlcs.Unit.Kernel;

/// <summary>
/// What is once in a log must open for ever. The folder Golden approves names and shapes: a file for each type, in its
/// current schema. Where a shape gets a field, its file is changed with it; a file is never removed.
/// </summary>
public sealed class KeepingEventsReadable
{
    private static readonly JsonSerializerOptions Indented = new(EventJson.Default.Options) { WriteIndented = true };

    public static TheoryData<string> Names => [.. EventTypes.Known.Select(known => known.Name)];

    [Fact]
    public void every_name_is_approved_and_no_approved_name_is_lost() =>
        File.ReadAllLines(Golden("names.txt"))
            .ShouldBe(EventTypes.Known.Select(known => $"{known.Name} {known.Schema}").Order(StringComparer.Ordinal));

    [Fact]
    public void every_event_has_a_name_and_a_sample()
    {
        var events = typeof(IEvent).Assembly.GetTypes()
            .Where(t => t.IsAssignableTo(typeof(IEvent)) && t.IsClass)
            .Except([typeof(UnknownEvent), typeof(RedactedEvent)])
            .ToList();

        EventTypes.Known.Select(known => known.Type).ShouldBe(events, ignoreOrder: true);
        EventSamples.All.Select(e => e.GetType()).ShouldBe(events, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void an_event_is_written_in_its_approved_shape(string name)
    {
        var e = EventSamples.All.Single(sample => EventTypes.Of(sample).Name == name);

        Json(e).ShouldBe(File.ReadAllText(Golden($"{name}.json")).TrimEnd());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void an_event_in_its_approved_shape_opens_again(string name)
    {
        var known = EventTypes.Known.Single(k => k.Name == name);
        var data = Encoding.UTF8.GetBytes(File.ReadAllText(Golden($"{name}.json")));

        var opened = (IEvent)JsonSerializer.Deserialize(data, known.Type, EventJson.Default)!;

        Json(opened).ShouldBe(Encoding.UTF8.GetString(data).TrimEnd());
    }

    [Fact]
    public void what_is_absent_is_not_written()
    {
        var described = new ImageDescribed(new(new(2, 5), "folio-1r"), String2: "b");

        JsonSerializer.Serialize(described, typeof(ImageDescribed), EventJson.Default)
            .ShouldBe("""{"id":"2/5/folio-1r","string2":"b"}""");
    }

    private static string Json(IEvent e) => JsonSerializer.Serialize(e, e.GetType(), Indented);

    private static string Golden(string file, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Golden", file);
}
