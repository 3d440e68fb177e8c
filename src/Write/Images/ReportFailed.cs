using Dlcs.Kernel;
using Dlcs.Kernel.Events;

namespace Dlcs.Write.Images;

/// <summary>A registration cannot be processed. Told late or twice, it changes nothing.</summary>
/// <param name="Reason">For a person; what is over 1,000 characters is cut.</param>
public sealed record ReportFailed(ImageId Id, Guid Registration, string Reason)
{
    private const int Length = 1_000;

    public static Decision Decide(ReportFailed command, Image image) => image.Outcome(
        command.Registration,
        before => new ImageFailed(command.Id, command.Registration, Clean(command.Reason), before));

    /// <summary>Reasons quote what origins answer, which can be anything.</summary>
    private static string Clean(string reason)
    {
        var text = reason.Replace('\0', ' ');
        if (text.Length <= Length) return text;
        return text[..(char.IsHighSurrogate(text[Length - 1]) ? Length - 1 : Length)];
    }
}
