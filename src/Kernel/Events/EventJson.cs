using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dlcs.Kernel.Events;

/// <summary>How events and their metadata read as JSON: camel case, nothing written that is absent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(CustomerCreated))]
[JsonSerializable(typeof(CustomerRenamed))]
[JsonSerializable(typeof(KeyIssued))]
[JsonSerializable(typeof(KeyRevoked))]
[JsonSerializable(typeof(SpaceCreated))]
[JsonSerializable(typeof(SpaceRenamed))]
[JsonSerializable(typeof(SpaceDefaultsChanged))]
[JsonSerializable(typeof(SpaceClosing))]
[JsonSerializable(typeof(SpaceReopened))]
[JsonSerializable(typeof(SpaceDeleted))]
[JsonSerializable(typeof(NameClaimed))]
[JsonSerializable(typeof(NameReleased))]
[JsonSerializable(typeof(ImageRegistered))]
[JsonSerializable(typeof(ImageIngested))]
[JsonSerializable(typeof(ImageFailed))]
[JsonSerializable(typeof(ImageDescribed))]
[JsonSerializable(typeof(ImageDeleted))]
[JsonSerializable(typeof(BatchMembersAdded))]
[JsonSerializable(typeof(BatchSubmitted))]
[JsonSerializable(typeof(BatchMembersPassedOver))]
[JsonSerializable(typeof(NamedQueryDefined))]
[JsonSerializable(typeof(NamedQueryChanged))]
[JsonSerializable(typeof(NamedQueryRemoved))]
[JsonSerializable(typeof(SealedMetadata))]
[JsonSerializable(typeof(OpenedMetadata))]
public sealed partial class EventJson : JsonSerializerContext;

/// <summary>How a log is read: what most images have alike is parsed once, and held once.</summary>
internal static class EventReading
{
    public static JsonSerializerOptions Options { get; } = new(EventJson.Default.Options)
    {
        TypeInfoResolver = EventJson.Default,
        Converters =
        {
            new Repeated<IReadOnlyList<DeliveryChannel>>(() => EventJson.Default.IReadOnlyListDeliveryChannel),
            new Repeated<IReadOnlyList<string>>(() => EventJson.Default.IReadOnlyListString),
            new Repeated<IReadOnlyDictionary<string, string>>(
                () => EventJson.Default.IReadOnlyDictionaryStringString),
        },
    };
}
