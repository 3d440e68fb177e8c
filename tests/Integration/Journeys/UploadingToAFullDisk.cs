using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Dlcs.Integration.Servers;

namespace Dlcs.Integration.Journeys;

/// <summary>No fault of the client's, who may send the same again.</summary>
public sealed class UploadingToAFullDisk(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const string Image = "/customers/1/spaces/1/images/folio";
    private Installation dlcs = null!;
    private int connections;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        dlcs = await Installation.Start(stores);
        await dlcs.NewSpace("a");
    }

    public ValueTask DisposeAsync() => dlcs.DisposeAsync();

    [Fact]
    public async Task is_refused_for_now_and_leaves_nothing_on_it()
    {
        using var picture = ImageApi.Picture.Make(900, 700);
        var body = new JsonObject { ["file"] = Convert.ToBase64String(picture.PngsaveBuffer(compression: 0)) };
        using var client = Client();
        using (var disk = SmallDisk.At(dlcs.Settings.Uploads, "200k"))
        {
            using var refused = await client.PutAsJsonAsync(Image, body, Ct);

            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
            var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync(Ct))!;
            ((string)problem["detail"]!).ShouldContain("try again shortly");
            await IsEmptied(disk.Folder);
        }

        using var taken = await client.PutAsJsonAsync(Image, body, Ct);
        taken.StatusCode.ShouldBe(HttpStatusCode.Created);
        connections.ShouldBe(1); // what was refused is read to its end
    }

    /// <summary>A client that counts its connections.</summary>
    private HttpClient Client()
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (context, ct) =>
            {
                connections++;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = dlcs.Api.BaseAddress };
        client.DefaultRequestHeaders.Authorization = dlcs.Api.DefaultRequestHeaders.Authorization;
        return client;
    }

    /// <summary>What came is removed when all is answered, which the client may know before.</summary>
    private static async Task IsEmptied(string folder)
    {
        for (var tries = 0; Directory.GetFiles(folder) is not []; tries++)
        {
            tries.ShouldBeLessThan(600, "an upload is left");
            await Task.Delay(50, Ct);
        }
    }
}
