using Dlcs.Read.Projecting;

namespace Dlcs.Read.Images.Elastic;

/// <summary>What of an image can be asked for (<see cref="ImageFields"/>), as fields of the engine.</summary>
/// <remarks>
/// Of a long text the field holds the beginning, by which it is sorted; a text that is longer stands whole in a field
/// beside it.
/// </remarks>
internal static class ElasticFields
{
    /// <summary>All words of the image, at their places.</summary>
    public const string Words = "words";

    /// <summary>Raised when documents are laid out otherwise: then the index must be made anew.</summary>
    private const int Layout = 2;

    public static ViewDefinition<ImageView> Definition { get; } = new(
        "images", ImageView.Version + (1000 * Layout), ReadJson.Default.ImageView, [], [], KeepsHistory: true);

    /// <summary>Where texts that are not short stand whole.</summary>
    public static string Whole(FieldDefinition field) => field.Column + "_whole";

    /// <summary>Whether it is never all that is asked for: then it is looked at where the rest is found.</summary>
    public static bool IsLooked(FieldDefinition field) => field.Field is ImageField.MaxUnauthorised;
}
