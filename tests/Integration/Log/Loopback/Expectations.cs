using Append = EventStoreDb.Wire.AppendReq.Types.Options;
using Batch = EventStoreDb.Wire.BatchAppendReq.Types.Options;
using Delete = EventStoreDb.Wire.DeleteReq.Types.Options;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>What each kind of request expects of its stream.</summary>
internal static class Expectations
{
    public static Expected Of(Append options) => options.ExpectedStreamRevisionCase switch
    {
        Append.ExpectedStreamRevisionOneofCase.Revision => new Expected.At(options.Revision),
        Append.ExpectedStreamRevisionOneofCase.NoStream => new Expected.NoStream(),
        Append.ExpectedStreamRevisionOneofCase.StreamExists => new Expected.Exists(),
        Append.ExpectedStreamRevisionOneofCase.Any => new Expected.Any(),
        _ => throw Refusals.BadCombination(),
    };

    public static Expected Of(Batch options) => options.ExpectedStreamPositionCase switch
    {
        Batch.ExpectedStreamPositionOneofCase.StreamPosition => new Expected.At(options.StreamPosition),
        Batch.ExpectedStreamPositionOneofCase.NoStream => new Expected.NoStream(),
        Batch.ExpectedStreamPositionOneofCase.StreamExists => new Expected.Exists(),
        Batch.ExpectedStreamPositionOneofCase.Any => new Expected.Any(),
        _ => throw Refusals.BadCombination(),
    };

    public static Expected Of(Delete options) => options.ExpectedStreamRevisionCase switch
    {
        Delete.ExpectedStreamRevisionOneofCase.Revision => new Expected.At(options.Revision),
        Delete.ExpectedStreamRevisionOneofCase.NoStream => new Expected.NoStream(),
        Delete.ExpectedStreamRevisionOneofCase.StreamExists => new Expected.Exists(),
        Delete.ExpectedStreamRevisionOneofCase.Any => new Expected.Any(),
        _ => throw Refusals.BadCombination(),
    };
}
