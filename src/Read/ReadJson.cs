using System.Text.Json.Serialization;
using Dlcs.Read.Batches;
using Dlcs.Read.Customers;
using Dlcs.Read.Images;
using Dlcs.Read.NamedQueries;
using Dlcs.Read.Spaces;

namespace Dlcs.Read;

/// <summary>How views are stored: always the same bytes for the same view, so that digests can be compared.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ImageView))]
[JsonSerializable(typeof(CustomerView))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(SpaceView))]
[JsonSerializable(typeof(SpaceNameView))]
[JsonSerializable(typeof(SpaceStorageView))]
[JsonSerializable(typeof(BatchView))]
[JsonSerializable(typeof(QueueView))]
[JsonSerializable(typeof(NamedQueryView))]
public sealed partial class ReadJson : JsonSerializerContext;
