namespace Dlcs.Processing.Fetching;

/// <summary>An origin's bytes, as it keeps them.</summary>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="DeclaredType">The media type as the origin says it; nothing to rely on.</param>
public sealed record Fetched(long Bytes, string Sha256, string? DeclaredType);

/// <summary>Fetches an origin over http or https into a file.</summary>
public static class Fetch
{
    /// <summary>
    /// Writes the origin's bytes to <paramref name="file"/>. A transfer that breaks is resumed where it broke, or
    /// started over when the origin cannot do that or has changed. No file is left when it fails.
    /// </summary>
    /// <exception cref="FetchException">It could not be fetched; whether it may succeed later stands in it.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static async Task<Fetched> ToFile(Uri origin, string file, FetchSettings settings, CancellationToken ct)
    {
        var done = false;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(settings.Deadline);
        try
        {
            var fetched = await Persist(origin, file, settings, deadline.Token);
            done = true;
            return fetched;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failures.Timeout("did not end", settings.Deadline, origin);
        }
        finally
        {
            if (!done) File.Delete(file);
        }
    }

    private static async Task<Fetched> Persist(Uri origin, string file, FetchSettings settings, CancellationToken ct)
    {
        await using var target = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        using var transfer = new Transfer(target, settings);
        for (var transfers = 1; ; transfers++)
        {
            try
            {
                return await transfer.Continue(origin, ct);
            }
            catch (FetchException e) when (e.MayPass && transfer.Began && transfers < settings.MaxTransfers)
            {
                await Task.Delay(settings.Pause * Math.Pow(2, transfers - 1), ct);
            }
        }
    }
}
