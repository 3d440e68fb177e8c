using Dlcs.Integration.Journeys;
using Microsoft.Extensions.Logging;

namespace Dlcs.Integration.BadDays;

/// <summary>What a host says while something ails it: a clear line, no flood, no stacks, no secrets.</summary>
internal sealed class Watch(Heard heard, params string[] secrets)
{
    private const int Most = 12;
    private int begin;

    private IReadOnlyList<Said> Warnings => [.. heard.Lines.Skip(begin).Where(l => l.Level >= LogLevel.Warning)];

    /// <summary>From here on.</summary>
    public void Begin() => begin = heard.Lines.Count;

    /// <summary>Waits until such a line was said.</summary>
    /// <param name="parts">What it holds.</param>
    public async Task Hears(params string[] parts)
    {
        for (var tries = 0; !Warnings.Any(w => parts.All(w.Sentence.Contains)); tries++)
        {
            if (tries > 1200) throw new TimeoutException($"no line with {string.Join(" and ", parts)}: {All()}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Few lines were said since, and those are fit to be read.</summary>
    public void MustBeCalm()
    {
        var said = Warnings;
        said.Count.ShouldBeLessThan(Most, All());
        said.ShouldAllBe(w => w.Stack == null);
        foreach (var secret in secrets) said.ShouldAllBe(w => !w.Sentence.Contains(secret));
    }

    public string All() => string.Join('\n', Warnings.Select(w => $"{w.Level} {w.Sentence} {w.Stack?.GetType()}"));
}
