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
[JsonSerializable(typeof(NamedQueryDefined))]
[JsonSerializable(typeof(NamedQueryChanged))]
[JsonSerializable(typeof(NamedQueryRemoved))]
[JsonSerializable(typeof(SealedMetadata))]
public sealed partial class EventJson : JsonSerializerContext;
