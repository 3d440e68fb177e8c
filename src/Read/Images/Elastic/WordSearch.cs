using System.Text.Json;

namespace Dlcs.Read.Images.Elastic;

/// <summary>Words as the engine finds them: folded long before, so that it only compares.</summary>
internal static class WordSearch
{
    /// <summary>Beginnings of words up to so many characters are in the index themselves.</summary>
    public const int KnownBeginning = 15;

    /// <summary>Words that a phrase may end with, where a beginning is given that is longer than that.</summary>
    private const int MostEndings = 10_000;

    public static void Must(Utf8JsonWriter json, TextTerm term)
    {
        var (kind, value) = term switch
        {
            { Prefix: true, Words: [_] } => ("prefix", "value"),
            { Prefix: true } => ("match_phrase_prefix", "query"),
            _ => ("match_phrase", "query"),
        };
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteStartObject(ElasticFields.Words);
        json.WriteString(value, string.Join(' ', term.Words));
        if (kind is "match_phrase_prefix") json.WriteNumber("max_expansions", MostEndings);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
