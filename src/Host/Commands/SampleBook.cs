using System.Globalization;
using Dlcs.Host.Commands.Adding;

namespace Dlcs.Host.Commands;

/// <summary>A small book that comes along, so that there is something to look at. It is added once.</summary>
/// <param name="Space">The number of the space that it is in.</param>
/// <param name="ManifestPath">On the public host.</param>
internal sealed record SampleBook(int Space, string ManifestPath)
{
    private const string Name = "sample-book";

    /// <summary>Its pages, beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "samples");

    /// <returns><c>null</c> when it is not wanted.</returns>
    /// <exception cref="ApiException">The API does not take it.</exception>
    public static async Task<SampleBook?> Add(
        Serving serving, HostSettings settings, Action<string> say, CancellationToken ct)
    {
        if (!settings.Samples || settings.Roles is not Roles.All || serving.Admin is not { } admin) return null;
        var marker = Path.Combine(settings.Data, Name);
        if (File.Exists(marker) && await File.ReadAllLinesAsync(marker, ct) is [var space, var path])
            return new SampleBook(int.Parse(space, CultureInfo.InvariantCulture), path);

        using var api = new ApiClient(serving.Addresses.Api, 1, admin.Credentials);
        var added = await AddFolder.Run(api, new Addition(Folder, Name, "book", Name, "", ""), Tell, ct);
        if (added.Failures is [var (id, reason), ..])
            throw new ApiException($"The sample book could not be made: {id}: {reason}");
        var number = added.Space.ToString(CultureInfo.InvariantCulture);
        WholeFile.Write(marker, $"{number}\n{added.ManifestPath}\n");
        return new SampleBook(added.Space, added.ManifestPath);

        void Tell(AddingProgress now) => say($"Adding the sample book: {now.Processed} of {now.Total} pages");
    }
}
