using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dlcs.Kernel.Events;

namespace Dlcs.Read.Images;

/// <summary>How the documents of a page are read: what its images have alike is parsed once.</summary>
internal static class ImageReading
{
    private static readonly JsonSerializerOptions Options = new(ReadJson.Default.Options)
    {
        TypeInfoResolver = ReadJson.Default,
        Converters =
        {
            new Repeated<IReadOnlyList<DeliveryChannel>>(() => ReadJson.Default.IReadOnlyListDeliveryChannel),
            new Repeated<IReadOnlyList<string>>(() => ReadJson.Default.IReadOnlyListString),
            new Repeated<IReadOnlyList<int>>(() => ReadJson.Default.IReadOnlyListInt32),
        },
    };

    public static JsonTypeInfo<ImageView> View { get; } =
        (JsonTypeInfo<ImageView>)Options.GetTypeInfo(typeof(ImageView));
}
