namespace Dlcs.Iiif.ImageApi;

/// <summary>Why a request is not answered with what it asked for.</summary>
/// <param name="Status">An HTTP status code.</param>
/// <param name="Sentence">For a person: what is wrong and, where that is known, what would be right.</param>
public sealed record Refusal(int Status, string Sentence);

/// <summary>A value, or else the refusal.</summary>
public readonly record struct Outcome<T>(T? Value, Refusal? Refusal) where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}
