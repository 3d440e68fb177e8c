using System.Globalization;
using System.Text;
using System.Text.Json;
using Dlcs.Kernel.Events;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>What every process is told when views have moved on.</summary>
/// <param name="Position">All live views have seen what stands up to here.</param>
/// <param name="Images">The images that changed; <c>null</c>: too many to name, any may have.</param>
internal sealed record Announcement(Position Position, IReadOnlyList<string>? Images)
{
    private const int Longest = 7_900; // PostgreSQL takes a payload of less than 8,000 bytes

    /// <summary>Sent with the commit of the transaction.</summary>
    public static async Task Send(
        Announcement announcement, ReadStore store, NpgsqlConnection transaction, CancellationToken ct)
    {
        var text = Text(announcement.Position, announcement.Images ?? ["*"]);
        if (Encoding.UTF8.GetByteCount(text) > Longest) text = Text(announcement.Position, ["*"]);

        await using var notify = new NpgsqlCommand("select pg_notify($1, $2)", transaction)
        { Parameters = { new() { Value = store.Channel }, new() { Value = text } } };
        await notify.ExecuteNonQueryAsync(ct);
    }

    private static string Text(Position position, IReadOnlyList<string> images) =>
        JsonSerializer.Serialize<string[]>([position.Value.ToString(CultureInfo.InvariantCulture), .. images]);

    public static Announcement Read(string text)
    {
        var parts = JsonSerializer.Deserialize<string[]>(text);
        if (parts is not [var position, .. var images])
            throw new FormatException("an announcement begins with a position");
        return new(
            new(long.Parse(position, CultureInfo.InvariantCulture)), images is ["*"] ? null : images);
    }
}
