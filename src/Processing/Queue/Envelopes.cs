using System.Text.Json;
using Dlcs.Kernel.Events;
using Dlcs.Processing.Images;
using Wolverine;
using Wolverine.Runtime.Serialization;

namespace Dlcs.Processing.Queue;

/// <summary>An envelope as its row in a lane holds it.</summary>
internal sealed record WaitingEnvelope(Guid Id, byte[] Body, string Lane, int Customer);

internal static class Envelopes
{
    /// <summary>
    /// The work that a registration makes. The id follows from it: work that is there already is not put there again.
    /// </summary>
    /// <param name="recorded">Holds <paramref name="e"/>.</param>
    public static WaitingEnvelope Of(ImageRegistered e, Recorded recorded)
    {
        var message = new ProcessImage(e.Id, e.Registration, recorded.Metadata.Correlation);
        var lane = Lanes.Of(e.Lane);
        var envelope = new Envelope
        {
            Id = NamedGuid.Of(e.Registration, e.Id.ToString()),
            MessageType = ProcessImage.Name,
            ContentType = "application/json",
            Data = JsonSerializer.SerializeToUtf8Bytes(message),
            Destination = Lanes.Uri(lane),
            CorrelationId = message.Correlation,
            SentAt = recorded.Metadata.At,
        };
        return new(envelope.Id, EnvelopeSerializer.Serialize(envelope), lane, e.Id.Customer);
    }
}
