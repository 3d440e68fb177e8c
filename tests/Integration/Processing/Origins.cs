using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dlcs.Kernel.Events;
using Dlcs.Processing.Fetching;
using Dlcs.Processing.Pixels;
using Npgsql;

namespace Dlcs.Integration.Processing;

/// <summary>
/// Origins whose path says what they do: <c>ok</c>, <c>slow-500</c> (milliseconds), <c>away</c> (fails and may pass),
/// <c>away-2</c> (passes after two failures), <c>gone</c> (fails for good), <c>bug</c>, <c>dies</c> (and its process).
/// </summary>
internal sealed class Origins(NpgsqlDataSource source)
{
    public async Task<FetchedOrigin> Fetch(Uri origin, string file, CancellationToken ct)
    {
        var times = await Note(origin, ct);
        var words = origin.AbsolutePath.Trim('/').Split('-');
        var number = words is [_, var n] ? int.Parse(n, CultureInfo.InvariantCulture) : 0;
        switch (words[0])
        {
            case "slow":
                await Task.Delay(number, ct);
                break;
            case "away" when number is 0 || times <= number:
                throw new TimeoutException("the origin does not answer");
            case "gone":
                throw new FetchException(FetchFailure.Missing, "the origin has no such file", mayPass: false);
            case "bug":
                throw new InvalidCastException("nobody foresaw this");
            case "dies":
                Environment.FailFast(null);
                break;
        }
        var bytes = Encoding.UTF8.GetBytes(origin.ToString());
        await File.WriteAllBytesAsync(file, bytes, ct);
        return new(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    public static async Task<MadeDerivatives> Make(
        string file, ImageDescription image, string folder, CancellationToken ct)
    {
        var pyramid = Path.Combine(folder, "pyramid");
        var thumbnail = Path.Combine(folder, "thumbnail");
        File.Copy(file, pyramid);
        File.Copy(file, thumbnail);
        var bytes = await File.ReadAllBytesAsync(file, ct);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return new(
            8, 6, "image/jpeg", new(pyramid, bytes.Length, hash, 512, 1),
            image.DeliveryChannels.Count < 2 ? [] : [new(thumbnail, 4, 3, bytes.Length, hash)],
            new Dictionary<string, string> { ["test"] = "1" });
    }

    /// <returns>How often it was fetched, this time included.</returns>
    private async Task<long> Note(Uri origin, CancellationToken ct)
    {
        await using var note = source.CreateCommand("""
            with noted as (insert into fetched (origin, pid) values ($1, $2))
            select count(*) + 1 from fetched where origin = $1
            """);
        note.Parameters.Add(new() { Value = origin.ToString() });
        note.Parameters.Add(new() { Value = Environment.ProcessId });
        return (long)(await note.ExecuteScalarAsync(ct))!;
    }
}
