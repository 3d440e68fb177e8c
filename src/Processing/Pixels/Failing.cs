using NetVips;

namespace Dlcs.Processing.Pixels;

/// <summary>Makes of libvips' words a sentence for people.</summary>
internal static class Failing
{
    private const int MaxDetail = 300;

    /// <summary>What is the machine's fault, and may pass.</summary>
    private static readonly string[] Lacks =
        ["out of memory", "Too many open files", "Input/output error", "unable to create thread", "Permission denied"];

    /// <summary>A <see cref="PixelsException"/> when the file is to blame; an <see cref="IOException"/> when it is this
    /// machine.</summary>
    public static Exception Of(VipsException e, FileKind kind)
    {
        var said = e.Message;
        if (Says("No space left") || Says("Disk quota exceeded")) return new IOException("The work folder is full.", e);
        if (Array.Find(Lacks, Says) is { } lack)
            return new MachineException($"it cannot be decoded here now: {lack}", e);
        if (Says("password") || Says("encrypted")) return new PixelsException("The PDF is protected by a password.");
        return new PixelsException(
            $"The {kind.Name} is damaged or incomplete and cannot be decoded ({Detail(said)}).");

        bool Says(string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The line that libvips ended with, without names of files.</summary>
    private static string Detail(string said)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var detail = string.Join(' ', lines[^1].Split(' ').Where(word => !word.Contains('/')));
        return detail.Length > MaxDetail ? detail[..MaxDetail] : detail;
    }
}
