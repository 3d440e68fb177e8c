using System.CommandLine;
using System.Globalization;
using Dlcs.Host.Wiring;
using Dlcs.Kernel.Events;
using Dlcs.Kernel.Storage;
using Dlcs.Kernel.Storage.S3;

namespace Dlcs.Host.Commands;

/// <summary><c>dlcs sweep [--dry-run]</c></summary>
internal static class SweepCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show it and leave it." };

    public static Command Make()
    {
        var command = new Command("sweep", "Removes from storage what no image needs any more: what crashes, replaced "
            + "and deleted images left behind, older than 24 hours. It may run beside the hosts. The folder or the "
            + "bucket's prefix must be this installation's alone. Names images that lack "
            + "an object; exit code 1 then, and when it refused.") { DryRun, SettingOptions.Data };
        command.SetAction((parsed, ct) =>
        {
            var dry = parsed.GetValue(DryRun);
            return OwnDatabase.Use(parsed.Settings(), settings => Sweep(settings, dry, Console.Out, ct), ct);
        });
        return command;
    }

    internal static async Task<int> Sweep(HostSettings settings, bool dry, TextWriter output, CancellationToken ct)
    {
        await using var services = Stores.Open(settings);
        var storage = services.GetRequiredService<IStorage>();
        var references = new References(services.GetRequiredService<IEventStore>());
        try
        {
            await references.CatchUp(ct);
            if (!references.Any)
            {
                await output.WriteLineAsync("The log refers to no object at all: if that is so, there is nothing to "
                    + "keep; if not, this is another installation's database. Nothing was removed.");
                return 1;
            }

            var swept = dry
                ? await Look(storage, references, Show, ct)
                : await Kernel.Storage.Sweep.Run(storage, references.Of, TimeProvider.System, Show, ct);
            var would = dry ? "would be " : "";
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{swept.Objects} objects {would}removed, {swept.Bytes:N0} bytes"));
            if (!dry && services.GetService<S3Storage>() is { } s3 && await s3.AbortLeftovers(ct) is > 0 and var left)
                await output.WriteLineAsync($"{left} unfinished uploads removed");
            return await Complete(storage, references, output, ct) ? 0 : 1;
        }
        catch (Exception e) when (e is UnknownEventException or StorageUnavailableException)
        {
            await output.WriteLineAsync($"Stopped: {e.Message}");
            return 1;
        }

        void Show(StoredObject stored) => output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{stored.Key}  {stored.Length:N0}"));
    }

    /// <summary>Whether all is there that images need; says what is not.</summary>
    private static async Task<bool> Complete(
        IStorage storage, References references, TextWriter output, CancellationToken ct)
    {
        var lacking = await references.Lacking(storage, ct);
        if (lacking.Count is 0) return true;
        await output.WriteLineAsync($"Storage lacks objects of {lacking.Count} images (an older backup?): restore it, "
            + "or reingest them:");
        foreach (var image in lacking) await output.WriteLineAsync($"  {image}");
        return false;
    }

    private static async Task<Swept> Look(
        IStorage storage, References references, Action<StoredObject> show, CancellationToken ct)
    {
        var found = new Swept(0, 0);
        await foreach (var stored in Kernel.Storage.Sweep.Find(storage, references.Of, TimeProvider.System, ct))
        {
            show(stored);
            found = found.And(stored);
        }

        return found;
    }
}
