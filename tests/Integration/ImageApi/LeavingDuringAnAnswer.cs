using System.Net.Sockets;
using Dlcs.Iiif;
using Dlcs.Integration.Journeys;
using Dlcs.Kernel.Storage;
using Microsoft.Extensions.Logging;

namespace Dlcs.Integration.ImageApi;

public sealed class LeavingDuringAnAnswer : IDisposable
{
    private const int Bytes = 32 << 20; // more than any socket takes at once
    private readonly StoredPictures stored = new();
    private readonly KnownImages images = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => stored.Dispose();

    [Fact]
    public async Task is_nothing_to_tell_anyone()
    {
        await PutLarge();
        using var heard = new Heard();
        using var gone = new CancellationTokenSource();
        var (app, client) = await PublicHost.Start(
            stored.Storage, images, new IiifSettings(), heard, (http, next) =>
            {
                http.RequestAborted = gone.Token; // Kestrel's own comes when it comes, mostly after the write
                return next(http);
            });
        using var _ = client;

        using (var visitor = await Visitor(client.BaseAddress.ShouldNotBeNull()))
        {
            await gone.CancelAsync();
            await app.StopAsync(Ct);
        }
        await app.DisposeAsync();

        heard.Lines.Where(line => line.Level >= LogLevel.Warning).ShouldBeEmpty();
    }

    /// <summary>Has heard how the answer begins.</summary>
    private static async Task<TcpClient> Visitor(Uri host)
    {
        var visitor = new TcpClient();
        await visitor.ConnectAsync(host.Host, host.Port, Ct);
        await visitor.GetStream().WriteAsync(
            "GET /thumbs/2/5/large/full/max/0/default.jpg HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), Ct);
        var begin = new byte[12];
        await visitor.GetStream().ReadExactlyAsync(begin, Ct);
        begin.ShouldBe("HTTP/1.1 200"u8.ToArray());
        return visitor;
    }

    private async Task PutLarge()
    {
        var jpeg = new byte[Bytes];
        byte[] begin = [0xFF, 0xD8, 0xFF], end = [0xFF, 0xD9];
        begin.CopyTo(jpeg, 0);
        end.CopyTo(jpeg, Bytes - end.Length);
        var file = stored.FileOf(new("large.jpg"));
        await File.WriteAllBytesAsync(file, jpeg, Ct);
        var key = StorageKey.Of(2, "thumbnails", new string('a', 64), "jpg");
        await stored.Storage.Put(key, file, Ct);
        images.Set("large", new(
            400, 300, "image/jpeg", new(1, new string('0', 64)), null, [new(key.Value, 400, 300, Bytes)]));
    }
}
