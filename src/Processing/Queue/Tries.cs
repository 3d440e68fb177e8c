namespace Dlcs.Processing.Queue;

/// <summary>
/// How often a job is tried. A try is written down when it begins, so that one that ends the whole process counts as
/// well: an image that kills its worker is not tried for ever.
/// </summary>
internal sealed class Tries(QueueSetting setting)
{
    public TimeSpan[] Delays { get; } = [.. setting.Settings.RetryDelays];

    public int Most => Delays.Length + 1;

    /// <summary>Counts a try of a message in the inbox.</summary>
    public async Task Count(Guid envelope, int tries, CancellationToken ct)
    {
        await using var count = setting.Source.CreateCommand(
            $"update {setting.Settings.Schema}.wolverine_incoming_envelopes set attempts = $2 where id = $1");
        count.Parameters.Add(new() { Value = envelope });
        count.Parameters.Add(new() { Value = tries });
        await count.ExecuteNonQueryAsync(ct);
    }
}
