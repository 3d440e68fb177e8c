using System.Globalization;
using System.Text;
using System.Text.Json;
using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>What every process is told when views have moved on.</summary>
/// <param name="Kept">The store whose views they are.</param>
/// <param name="Position">
/// Searches in all its live views that go on show what stands up to here; the start: look it up, and which do go on.
/// </param>
/// <param name="Images">
/// The images that changed, whether searches show it yet or not; <c>null</c>: too many to name, any may have.
/// </param>
internal sealed record Announcement(string Kept, Position Position, IReadOnlyList<string>? Images)
{
    private const int Longest = 7_900; // PostgreSQL takes a payload of less than 8,000 bytes

    /// <summary>Lets every process look up which views go on, with the commit of the transaction.</summary>
    public static Task SendToLookUp(
        string kept, ReadStore store, NpgsqlConnection transaction, CancellationToken ct) =>
        Send(new(kept, Position.Start, Images: null), store, transaction, ct);

    /// <summary>Sent with the commit of the transaction.</summary>
    public static async Task Send(
        Announcement announcement, ReadStore store, NpgsqlConnection transaction, CancellationToken ct)
    {
        var text = announcement.Text(announcement.Images ?? ["*"]);
        if (Encoding.UTF8.GetByteCount(text) > Longest) text = announcement.Text(["*"]);

        await using var notify = new NpgsqlCommand("select pg_notify($1, $2)", transaction)
        { Parameters = { new() { Value = store.Channel }, new() { Value = text } } };
        await notify.ExecuteNonQueryAsync(ct);
    }

    private string Text(IReadOnlyList<string> images) => JsonSerializer.Serialize<string[]>(
        [Kept, Position.Value.ToString(CultureInfo.InvariantCulture), .. images]);

    public static Announcement Read(string text)
    {
        var parts = JsonSerializer.Deserialize<string[]>(text);
        if (parts is not [var kept, var position, .. var images])
            throw new FormatException("an announcement begins with a store and a position");
        return new(
            kept, new(long.Parse(position, CultureInfo.InvariantCulture)), images is ["*"] ? null : images);
    }
}
