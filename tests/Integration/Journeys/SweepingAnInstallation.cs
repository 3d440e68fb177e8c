using System.Net;
using System.Text.Json.Nodes;
using Dlcs.Host.Commands;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

public sealed class SweepingAnInstallation(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const string Orphan = "2/pyramids/ab/abcd.zip";

    private Installation dlcs = null!;
    private int space;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IReadOnlyList<string> Stored =>
    [
        .. Directory.EnumerateFiles(dlcs.Settings.Storage, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(dlcs.Settings.Storage, file)).Order(StringComparer.Ordinal),
    ];

    public async ValueTask InitializeAsync()
    {
        dlcs = await Installation.Start(stores, s => s with { S3 = null });
        space = await dlcs.NewSpace("swept");
    }

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    [Fact]
    public async Task removes_what_crashes_replacements_and_deletions_left_and_nothing_else()
    {
        await Register("kept", 700, 500);
        await Register("same", 700, 500); // shares the objects of the first
        var needed = Stored;
        await Register("replaced", 320, 200);
        await Register("replaced", 700, 500, HttpStatusCode.OK);
        await Register("deleted", 350, 200);
        await dlcs.Send(HttpMethod.Delete, Place("deleted"), null, HttpStatusCode.NoContent);
        await dlcs.Send(HttpMethod.Delete, Place("same"), null, HttpStatusCode.NoContent);
        Put(Orphan);
        var all = Stored;

        (await Sweep(dry: false)).Output.ShouldBe("0 objects removed, 0 bytes\n"); // all are young
        Age();
        Put("2/pyramids/cd/young.zip");

        (await Sweep(dry: true)).Output.ShouldContain($"{Orphan}  3\n");
        Stored.Count.ShouldBe(all.Count + 1);

        var (exit, output) = await Sweep(dry: false);
        exit.ShouldBe(0);
        output.ShouldContain($"{all.Count - needed.Count} objects removed, ");
        Stored.ShouldBe([.. needed, "2/pyramids/cd/young.zip"], ignoreOrder: true);
        await dlcs.Post(Place("kept") + "/reingest", null, HttpStatusCode.OK); // from the upload, which is kept too
    }

    [Fact]
    public async Task refuses_where_the_log_refers_to_nothing()
    {
        Put(Orphan);
        Age();

        var (exit, output) = await Sweep(dry: false);

        exit.ShouldBe(1);
        output.ShouldContain("another installation's database");
        Stored.ShouldBe([Orphan]);
    }

    [Fact]
    public async Task names_the_images_whose_objects_are_gone()
    {
        await Register("whole", 320, 200);
        var whole = Stored;
        await Register("lacking", 700, 500);
        var pyramid = Stored.Except(whole).Single(key => key.EndsWith(".zip", StringComparison.Ordinal));
        File.Delete(Path.Combine(dlcs.Settings.Storage, pyramid));

        var (exit, output) = await Sweep(dry: true);

        exit.ShouldBe(1);
        output.ShouldEndWith($"lacks objects of 1 images (an older backup?): restore it, or reingest them:\n"
            + $"  1/{space}/lacking\n");
    }

    private string Place(string name) => $"/customers/1/spaces/{space}/images/{name}";

    /// <summary>Uploads a picture and waits until it is processed.</summary>
    private async Task Register(string name, int width, int height, HttpStatusCode expected = HttpStatusCode.Created)
    {
        using var picture = ImageApi.Picture.Make(width, height);
        var file = Convert.ToBase64String(picture.JpegsaveBuffer(q: 80));
        var image = await dlcs.Put(Place(name), new JsonObject { ["file"] = file }, expected);
        ((int)image["width"]!).ShouldBe(width);
    }

    private void Put(string key)
    {
        var file = Path.Combine(dlcs.Settings.Storage, key);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, [1, 2, 3]);
    }

    private void Age()
    {
        foreach (var file in Stored)
        {
            File.SetLastWriteTimeUtc(
                Path.Combine(dlcs.Settings.Storage, file),
                TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-25));
        }
    }

    private async Task<(int Exit, string Output)> Sweep(bool dry)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var exit = await SweepCommand.Sweep(dlcs.Settings, dry, output, Ct);
        return (exit, output.ToString());
    }
}
