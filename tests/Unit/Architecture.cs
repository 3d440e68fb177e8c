using System.Reflection;
using System.Runtime.CompilerServices;
using Dlcs.Host.Http;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Unit;

public sealed class Architecture
{
    private static readonly Assembly Kernel = typeof(IEvent).Assembly;

    private static readonly Assembly[] All =
    [
        Kernel, typeof(ImageView).Assembly, typeof(Listener).Assembly,
        .. new[] { "Dlcs.Write", "Dlcs.Processing", "Dlcs.Iiif" }.Select(Assembly.Load),
    ];

    private static readonly string[] Folders = ["src", "tests"];

    private static readonly string[] Vague =
    [
        "Manager", "Helper", "Helpers", "Utils", "Service", "Processor", "Base", "Impl", "Info", "Data", "Dto", "Model",
    ];

    private static readonly string[] Wire = ["Grpc.", "Google.Protobuf", "EventStoreDb.Wire"];

    private static readonly Type[] Impure = [typeof(IEventStore), typeof(TimeProvider)];

    [Theory]
    [InlineData("Dlcs.Kernel", "")]
    [InlineData("Dlcs.Write", "Dlcs.Kernel")]
    [InlineData("Dlcs.Read", "Dlcs.Kernel")]
    [InlineData("Dlcs.Processing", "Dlcs.Kernel Dlcs.Write")]
    [InlineData("Dlcs.Iiif", "Dlcs.Kernel Dlcs.Read")]
    public void each_project_knows_only_what_it_may(string project, string allowed) =>
        All.Single(a => a.GetName().Name == project).GetReferencedAssemblies()
            .Select(a => a.Name!).Where(name => name.StartsWith("Dlcs.", StringComparison.Ordinal))
            .ShouldBeSubsetOf(allowed.Split(' '));

    [Fact]
    public void nobody_knows_grpc_but_the_log_in_event_store()
    {
        const string own = "/Kernel/Events/EventStore/";
        All.Where(a => a != Kernel && a.GetReferencedAssemblies().Any(r => Wire.Any(w => r.Name!.StartsWith(
                w, StringComparison.Ordinal))))
            .ShouldBeEmpty();
        var users = Sources("src").Where(path => Wire.Any(File.ReadAllText(path).Contains)).ToList();
        users.ShouldAllBe(path => path.Contains(own));
        users.ShouldNotBeEmpty();
    }

    [Fact]
    public void every_event_has_a_name_on_the_wire() =>
        Types(Kernel).Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IEvent)))
            .Where(t => t != typeof(UnknownEvent) && t != typeof(RedactedEvent))
            .ShouldBe(EventTypes.Known.Select(k => k.Type), ignoreOrder: true);

    [Fact]
    public void events_are_sealed_records_that_cannot_change() =>
        Types(Kernel).Where(t => t.IsAssignableTo(typeof(IEvent)) && t.IsClass)
            .Where(t => !t.IsSealed || t.GetProperties().Any(p => p.SetMethod is { } set && !IsInit(set)))
            .ShouldBeEmpty();

    [Fact]
    public void deciders_and_folds_are_pure() =>
        All.SelectMany(Types)
            .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(m => m.Name is "Decide" or "Evolve" or "Keys" && !m.IsDefined(typeof(ExtensionAttribute)))
            .Where(m => m.DeclaringType!.Assembly != Kernel && m.DeclaringType.Assembly != typeof(Listener).Assembly)
            .Where(m => m.ReturnType.IsAssignableTo(typeof(Task)) && m.Name is not "Keys"
                || m.GetParameters().Any(p => Impure.Contains(p.ParameterType)))
            .ShouldBeEmpty();

    [Fact]
    public void names_say_what_a_thing_is() =>
        All.SelectMany(Types).Where(t => Vague.Any(word => t.Name.EndsWith(word, StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Fact]
    public void interfaces_are_ports_or_have_several_implementations() =>
        All.SelectMany(Types).Where(t => t.IsInterface)
            .Where(i => All.SelectMany(Types).Count(t => t.IsClass && Implements(t, i)) < 2)
            .Select(i => i.Name)
            .ShouldBeSubsetOf(["IEventStore", "IStorage", "IImageIndex"]);

    [Fact]
    public void constructors_take_three_things_at_most() =>
        All.SelectMany(Types).Where(t => t is { IsClass: true, IsSealed: true, IsAbstract: false })
            .Where(t => t.GetMethod("<Clone>$") is null && !t.IsAssignableTo(typeof(Exception)))
            .Where(t => t.GetConstructors().Any(c => c.GetParameters().Length > 3))
            .ShouldBeEmpty();

    [Fact]
    public void files_fit_on_a_few_screens() => Sources(Folders)
        .Where(path => File.ReadLines(path).Count() > 200)
        .ShouldBeEmpty();

    [Fact]
    public void lines_fit_on_a_screen() => Sources(Folders)
        .SelectMany(path => File.ReadLines(path).Select((line, i) => (Line: line, At: $"{path}:{i + 1}")))
        .Where(line => line.Line.Length > 120)
        .Select(line => line.At)
        .ShouldBeEmpty();

    /// <summary>As <c>dotnet format</c> has them: it takes a minute and a half to say so.</summary>
    [Fact]
    public void usings_stand_in_order() => Sources(Folders)
        .Select(path => (Path: path, Usings: File.ReadLines(path).TakeWhile(line => line is not "")
            .Where(line => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('='))
            .Select(line => line[6..^1]).ToList()))
        .Where(file => !file.Usings.SequenceEqual(file.Usings
            .OrderBy(name => name.StartsWith("static ", StringComparison.Ordinal))
            .ThenBy(name => name != "System" && !name.StartsWith("System.", StringComparison.Ordinal))
            .ThenBy(name => name, StringComparer.OrdinalIgnoreCase)))
        .Select(file => file.Path)
        .ShouldBeEmpty();

    /// <summary>An act: its command, its body, its validator, what is decided, its endpoint.</summary>
    [Fact]
    public void acts_are_read_at_a_glance() =>
        MustBeShort(Sources("src/Write").Where(path => File.ReadAllText(path).Contains("Endpoint\n{")), lines: 80);

    [Fact]
    public void modules_are_short() =>
        MustBeShort(Sources("src").Where(path => path.EndsWith("Module.cs", StringComparison.Ordinal)), lines: 40);

    /// <summary>Whoever sits at a terminal talks to the host alone.</summary>
    [Fact]
    public void nobody_but_the_host_writes_to_the_console() => Sources("src")
        .Where(path => !path.Contains("/src/Host/", StringComparison.Ordinal))
        .Where(path => File.ReadAllText(path).Contains("Console.", StringComparison.Ordinal))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("README.md", 120)]
    [InlineData("ops/decisions/*.md", 25)]
    public void documents_are_short(string which, int lines) => MustBeShort(
        Directory.GetFiles(Path.Combine(Root(), Path.GetDirectoryName(which)!), Path.GetFileName(which)), lines);

    private static void MustBeShort(IEnumerable<string> files, int lines)
    {
        var all = files.ToList();
        all.ShouldNotBeEmpty();
        all.Where(path => File.ReadLines(path).Count() > lines).ShouldBeEmpty();
    }

    private static IEnumerable<string> Sources(params string[] folders) =>
        folders.SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/Internal/", StringComparison.Ordinal));

    private static IEnumerable<Type> Types(Assembly assembly) => assembly.GetTypes().Where(t =>
        !t.IsDefined(typeof(CompilerGeneratedAttribute)) && !t.Name.Contains('<', StringComparison.Ordinal)
        && t.Namespace?.StartsWith("Dlcs", StringComparison.Ordinal) is true
        && !t.Namespace.Contains("Internal.Generated", StringComparison.Ordinal));

    private static bool Implements(Type type, Type contract) => type.GetInterfaces().Any(i =>
        i == contract || (i.IsGenericType && i.GetGenericTypeDefinition() == contract));

    private static bool IsInit(MethodInfo set) =>
        set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../.."));
}
