using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dlcs.Kernel.Events;

namespace Dlcs.Kernel.Storage;

/// <summary>
/// Which objects images need as they are now, by the log: the upload that an image would be processed from again, and
/// what is served of it. It reads the log once, then what was appended since. Some 250 bytes of memory per image.
/// </summary>
public sealed class References(IEventStore log)
{
    private const int Page = 5000;

    private readonly Dictionary<UInt128, Needs> images = [];
    private readonly Dictionary<UInt128, int> counts = [];
    private Position at = Position.Start;

    /// <summary>Whether any object is needed at all.</summary>
    public bool Any => counts.Count > 0;

    /// <summary>Reads the log up to its end.</summary>
    /// <exception cref="UnknownEventException">A newer program wrote an event that this one does not know: what it
    /// refers to is not known either.</exception>
    /// <exception cref="LogUnavailableException">The log does not answer.</exception>
    public async Task CatchUp(CancellationToken ct)
    {
        while (await log.ReadAll(at, Page, ct) is var page && page.Through > at)
        {
            foreach (var (_, recorded) in page.Entries) Take(recorded);
            at = page.Through;
        }
    }

    /// <summary>Of these keys, those that an image needs, by the log as it is now.</summary>
    /// <exception cref="UnknownEventException">A newer program wrote an event.</exception>
    /// <exception cref="LogUnavailableException">The log does not answer.</exception>
    public async Task<IReadOnlySet<StorageKey>> Of(IReadOnlyList<StorageKey> keys, CancellationToken ct)
    {
        await CatchUp(ct);
        return keys.Where(key => counts.ContainsKey(Hash(key.Value))).ToHashSet();
    }

    /// <summary>Images that need an object which storage does not have: it was restored from an older backup, or lost
    /// something. Lists storage; reads the log again when there are any.</summary>
    /// <exception cref="UnknownEventException">A newer program wrote an event.</exception>
    /// <exception cref="LogUnavailableException">The log does not answer.</exception>
    /// <exception cref="StorageUnavailableException">Storage cannot be listed.</exception>
    public async Task<IReadOnlyCollection<ImageId>> Lacking(IStorage storage, CancellationToken ct)
    {
        await CatchUp(ct); // before the list: objects are put before an event refers to them
        var lost = counts.Keys.ToHashSet();
        await foreach (var stored in storage.List(ct)) lost.Remove(Hash(stored.Key.Value));
        if (lost.Count is 0) return [];

        var lacking = images.Where(image => image.Value.All.Any(lost.Contains)).Select(image => image.Key).ToHashSet();
        var named = new HashSet<ImageId>();
        var from = Position.Start;
        while (await log.ReadAll(from, Page, ct) is var page && page.Through > from)
        {
            named.UnionWith(page.Entries.Select(e => e.Recorded.Event).OfType<ImageRegistered>()
                .Select(e => e.Id).Where(id => lacking.Contains(Hash(id.ToString()))));
            from = page.Through;
        }
        return named;
    }

    private void Take(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case ImageRegistered e:
                Change(e.Id, needs => needs with { Upload = e.Image.Upload is { } u ? [Hash(u.Key)] : [] });
                break;
            case ImageIngested e:
                Change(e.Id, needs => needs with { Served = [.. Derivatives(e).Select(Hash)] });
                break;
            case ImageDeleted e:
                Change(e.Id, _ => Needs.Nothing);
                break;
            case UnknownEvent:
                throw new UnknownEventException(recorded);
        }
    }

    private static IEnumerable<string> Derivatives(ImageIngested e)
    {
        if (e.Pyramid is { } pyramid) yield return pyramid.Key;
        foreach (var thumbnail in e.Thumbnails) yield return thumbnail.Key;
    }

    /// <summary>Counted, because images of one content share their objects.</summary>
    private void Change(ImageId id, Func<Needs, Needs> change)
    {
        var image = Hash(id.ToString());
        var before = images.GetValueOrDefault(image) ?? Needs.Nothing;
        var after = change(before);
        foreach (var key in after.All) counts[key] = counts.GetValueOrDefault(key) + 1;
        foreach (var key in before.All)
            if (--counts[key] is 0) counts.Remove(key);
        if (after == Needs.Nothing) images.Remove(image);
        else images[image] = after;
    }

    private static UInt128 Hash(string text) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Needs(UInt128[] Upload, UInt128[] Served)
    {
        public static Needs Nothing { get; } = new([], []);

        public IEnumerable<UInt128> All => Upload.Concat(Served);
    }
}
