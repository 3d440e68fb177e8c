using System.Globalization;

namespace Dlcs.Iiif.ImageApi.Serving;

/// <summary>Which customer a URL speaks of: by number, or by name.</summary>
public sealed class Customers(CustomerNamed named, IiifSettings settings)
{
    private readonly Recent<Known> names = new(settings.Remembered);

    /// <param name="segment">Of a URL, decoded.</param>
    /// <returns><c>null</c> when there is no such customer.</returns>
    public async Task<int?> Find(string segment, CancellationToken ct)
    {
        if (int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        return (await names.Get(segment, () => Load(segment)).WaitAsync(ct))?.Number;
    }

    private async Task<Known?> Load(string name) => await named(name) is { } number ? new Known(number) : null;

    private sealed record Known(int Number);
}
