using Dlcs.Kernel.Storage;
using Dlcs.Processing.Fetching;
using Dlcs.Processing.Pixels;

namespace Dlcs.Processing.Images;

/// <summary>What a failed try says of the image.</summary>
/// <param name="Reason">For a person.</param>
/// <param name="MayPass">Whether another try has a chance.</param>
/// <param name="IsExpected">The reason says it all: no stack helps to understand it.</param>
internal sealed record Failure(string Reason, bool MayPass, bool IsExpected = true)
{
    public static Failure Of(Exception e) => e switch
    {
        PixelsException pixels => new(pixels.Message, MayPass: false),
        LibvipsMissingException missing => new(missing.Message, MayPass: true),
        FetchException fetch => new(fetch.Message, fetch.MayPass),
        StorageMissException => new("the uploaded file is no longer in storage: upload it again", MayPass: false),
        StorageUnavailableException => new("the storage cannot be reached, or is full", MayPass: true),
        TimeoutException or MachineException => new(e.Message, MayPass: true),
        IOException => new("the work folder cannot be written, or the disk is full", MayPass: true),
        _ => new(
            "an unexpected error; the log of the service has it under the correlation id", MayPass: true,
            IsExpected: false),
    };

    /// <summary>A reason with the tries that it took.</summary>
    public string After(int tries) =>
        tries > 1 ? FormattableString.Invariant($"{Reason} (tried {tries} times)") : Reason;
}
