using Dlcs.Host.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dlcs.Unit.Http;

public sealed class WritingALogLine
{
    private readonly LoggerExternalScopeProvider scopes = new();

    [Fact]
    public void says_when_how_grave_who_of_what_and_the_sentence()
    {
        using var servers = Scope(("SpanId", "c7ba"), ("RequestPath", "/x"));
        using var nameless = scopes.Push("a word");
        using var ours = Scope(("CorrelationId", "a-1"), ("Image", "2/5/f"));

        Line(LogLevel.Warning, "It is slow").ShouldBe(
            "2026-01-02T03:04:05.006Z warn Dlcs.Api CorrelationId:a-1 Image:2/5/f It is slow\n");
    }

    [Theory]
    [InlineData(LogLevel.Critical, "crit")]
    [InlineData(LogLevel.Error, "fail")]
    [InlineData(LogLevel.Information, "info")]
    [InlineData(LogLevel.Debug, "dbug")]
    [InlineData(LogLevel.Trace, "trce")]
    public void names_each_level_in_four_letters(LogLevel level, string name) =>
        Line(level, "x").ShouldStartWith($"2026-01-02T03:04:05.006Z {name} Dlcs.Api ");

    [Fact]
    public void is_one_line_whatever_is_said()
    {
        using var scope = Scope(("Image", "2/5/a\nb"));

        var line = Line(LogLevel.Error, "first\r\nsecond\u001b[2J", new FormatException("of\nlines"));

        line.ShouldContain("Image:2/5/a b first  second [2J System.FormatException: of lines");
        line.IndexOf('\n', StringComparison.Ordinal).ShouldBe(line.Length - 1);
    }

    private IDisposable Scope(params (string Name, string Value)[] values) =>
        scopes.Push(values.Select(v => KeyValuePair.Create(v.Name, (object?)v.Value)).ToList());

    private string Line(LogLevel level, string sentence, Exception? failure = null)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(level, "Dlcs.Api", default, sentence, failure, (said, _) => said);
        new LogLine(new At()).Write(entry, scopes, text);
        return text.ToString();
    }

    private sealed class At : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero);
    }
}
