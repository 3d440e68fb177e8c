using System.Text.Json;

namespace Dlcs.Host.Commands;

/// <summary>Says, in the data folder, who serves it and where: by that, other commands find it. No secret.</summary>
/// <param name="Process">Its number; <see cref="Started"/> tells it from a later process of that number.</param>
/// <param name="Started">Clock ticks after the start of the machine.</param>
internal sealed record RunFile(int Process, string Started, Uri Api, Uri Public)
{
    private const string Name = "run.json";

    public static RunFile Mine(Uri api, Uri @public) =>
        new(Environment.ProcessId, StartOf(Environment.ProcessId) ?? "", api, @public);

    /// <summary>Who serves this folder now; <c>null</c>: nobody.</summary>
    public static RunFile? Of(string data)
    {
        try
        {
            var file = JsonSerializer.Deserialize<RunFile>(File.ReadAllText(Path.Combine(data, Name)));
            return file is not null && StartOf(file.Process) == file.Started ? file : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Write(string data) =>
        WholeFile.Write(Path.Combine(data, Name), JsonSerializer.Serialize(this) + "\n");

    /// <summary>Unless another process has put its own there since.</summary>
    public void Remove(string data)
    {
        if (Of(data) == this) File.Delete(Path.Combine(data, Name));
    }

    /// <summary>The 22nd field of <c>/proc/N/stat</c>, counted behind the name, which may hold anything.</summary>
    private static string? StartOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
