using System.Globalization;

namespace Dlcs.Host.Commands.Adding;

/// <summary>Which arguments a named query's template wants, so that it selects what was added.</summary>
internal static class ManifestPath
{
    /// <summary>What <c>add</c> defines when there is no such query: a space's images of a string1, in order.</summary>
    public const string DefaultTemplate = "canvas=n1&space=p1&s1=p2";

    /// <summary>The path of the manifest on the public host.</summary>
    /// <param name="known">What the added images have, by the template's keys: <c>space</c>, <c>s1</c>, …</param>
    /// <exception cref="ApiException">The template wants something that was not said.</exception>
    public static string Of(int customer, string query, string template, IReadOnlyDictionary<string, string> known)
    {
        var arguments = new SortedDictionary<int, string>();
        foreach (var pair in template.Split('&').Select(p => p.Split('=')))
        {
            if (pair is [var key, ['p', .. var digits]] && known.TryGetValue(key, out var value)
                && int.TryParse(digits, CultureInfo.InvariantCulture, out var place))
                arguments[place] = Uri.EscapeDataString(value);
        }

        var last = arguments.Count is 0 ? 0 : arguments.Keys.Last();
        return Enumerable.Range(1, last).FirstOrDefault(n => !arguments.ContainsKey(n)) is > 0 and var missing
            ? throw new ApiException($"Argument p{missing} of the named query {query} ({template}) cannot be filled.")
            : string.Join('/', [$"/iiif-resource/{customer}/{Uri.EscapeDataString(query)}", .. arguments.Values]);
    }
}
