using Dlcs.Iiif.NamedQueries;
using FsCheck;
using FsCheck.Fluent;

namespace Dlcs.Unit.NamedQueries;

public sealed class ParsingATemplate
{
    private static readonly string[] Words =
        ["space", "spacename", "s1", "n2", "batch", "manifest", "canvas", "#", "objectname", "=", "=", "=", "&", "&",
            "p", "p1", "p2", "p0", "px", "1", "-1", "x", ",", ";", " ", "{s1}", "é", ""];

    private static readonly Gen<string> Texts =
        Gen.OneOf(ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Get), Joined());

    [Fact]
    public void never_fails_and_answers_any_arguments_with_images_or_a_sentence() => Holds((template, arguments) =>
        Template.Parse(template).With(arguments) is Selection.Images or Selection.Fault { Sentence.Length: > 10 });

    [Fact]
    public void keeps_what_it_read() => Holds((template, _) => Template.Parse(template).Text == template);

    [Fact]
    public void ignores_what_it_does_not_know() => Holds((template, arguments) =>
        string.IsNullOrWhiteSpace(template)
        || Same(
            Template.Parse(template).With(arguments),
            Template.Parse($"sequence=p9&{template}&=&x").With(arguments)));

    [Fact]
    public void lets_arguments_displace_defaults() => Holds((template, arguments) =>
        arguments.Any(a => a.AsSpan().ContainsAny("=&") || a.Length is 0)
        || Same(
            Template.Parse($"space=1&{template}").With(arguments),
            Template.Parse($"space=1&{template}" + string.Concat(
                arguments.Skip(1).Select(a => $"&#={a}"))).With([.. arguments.Take(1)]))
        || Template.Parse(template).Defaults is not [] || arguments is []);

    [Fact]
    public void ignores_arguments_that_nothing_asks_for() => Holds((template, arguments) =>
        Template.Parse(template) is { Defaults: not [] }
        || arguments.Length < 2
        || Same(Template.Parse(template).With(arguments), Template.Parse(template).With([.. arguments, "more"])));

    private static void Holds(Func<string, string[], bool> property) => Prop.ForAll(
        Texts.ToArbitrary(),
        Gen.ArrayOf(Gen.Elements("1", "2", "x", "1,2", "a/b", "", "=", "ü")).ToArbitrary(),
        property)
        .Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500));

    private static Gen<string> Joined() => Gen.ArrayOf(Gen.Elements(Words)).Select(string.Concat);

    private static bool Same(Selection one, Selection other) => (one, other) switch
    {
        (Selection.Fault a, Selection.Fault b) => a == b,
        (Selection.Images a, Selection.Images b) => a.OrderBy.SequenceEqual(b.OrderBy) && a.SpaceName == b.SpaceName
            && a.Pdf == b.Pdf && a.Where.Select(w => w.Field).SequenceEqual(b.Where.Select(w => w.Field))
            && a.Where.SelectMany(w => w.Values).SequenceEqual(b.Where.SelectMany(w => w.Values)),
        _ => false,
    };
}
