namespace Dlcs.Benchmarks.Measuring;

/// <summary>What Linux says of a process's memory.</summary>
internal static class Memory
{
    /// <summary>Resident now, megabytes (10⁶ bytes).</summary>
    public static double Resident(int process) => Read(process, "VmRSS:");

    /// <summary>The most that was resident since <see cref="ForgetPeak"/>, megabytes.</summary>
    public static double Peak(int process) => Read(process, "VmHWM:");

    public static void ForgetPeak(int process) => File.WriteAllText($"/proc/{process}/clear_refs", "5");

    private static double Read(int process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
