using System.Net;
using System.Net.Http.Json;
using Dlcs.Integration.Log.Loopback;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Events.EventStore;

namespace Dlcs.Integration.Journeys;

/// <summary>EventStoreDB loses its leader again and again in the middle of work, and elects another.</summary>
[Trait("profile", "cluster")]
public sealed class LosingTheLeader(Stores stores) : IClassFixture<Stores>, IAsyncLifetime
{
    private const int Batches = 3;
    private const int Members = 100;
    private LoopbackNodes nodes = null!;
    private Library library = null!;
    private Installation dlcs = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        library = await Library.Open();
        for (var n = 0; n < 10; n++) library.Page($"{n}.jpg", 64 + n, 48);
        nodes = await LoopbackNodes.Begin();
        dlcs = await Installation.Start(
            stores, settings => settings with { EventStore = ConnectionString.Parse(nodes.ConnectionString) });
        await dlcs.NewSpace("manuscripts");
    }

    public async ValueTask DisposeAsync()
    {
        await dlcs.DisposeAsync();
        await nodes.DisposeAsync();
        await library.DisposeAsync();
    }

    [Fact]
    public async Task in_the_middle_of_an_ingest_loses_no_image_and_does_none_twice()
    {
        for (var book = 0; book < Batches; book++)
        {
            var posting = Post(book);
            var lost = await nodes.Lose();
            await Task.Delay(TimeSpan.FromMilliseconds(500), Ct);
            nodes.Elect((lost + 1) % 3);
            await posting;
            await nodes.Start(lost);
        }

        var all = await dlcs.Until(
            "/customers/1/queue/batches",
            b => b["member"]!.AsArray() is { Count: Batches } found && found.All(m => m!["finished"] is not null),
            seconds: 120);
        all["member"]!.AsArray().ShouldAllBe(b => (int)b!["completed"]! == Members && (int)b["errors"]! == 0);
        await dlcs.Until("/customers/1/spaces/1/images?pageSize=1", i => (int)i["totalItems"]! == Batches * Members);
        await Settled.SameViews(dlcs.Settings);
        await Settled.OnceEach(dlcs.Settings, Batches * Members);
    }

    /// <summary>
    /// As a patient client does, with a key by which it is known again: what was begun may be finished without it.
    /// </summary>
    private async Task Post(int book)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/customers/1/queue")
            {
                Content = JsonContent.Create(library.Batch($"{book}", Members)),
                Headers = { { "Prefer", "respond-async" }, { "Idempotency-Key", $"{book}" } },
            };
            using var answer = await dlcs.Api.SendAsync(request, Ct);
            if (answer.StatusCode is HttpStatusCode.Created) return;

            answer.StatusCode.ShouldBe(
                HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync(Ct));
            answer.Headers.RetryAfter.ShouldNotBeNull();
            await Task.Delay(TimeSpan.FromSeconds(6), Ct);
            if ((int)(await dlcs.Get("/customers/1/queue/batches"))["totalItems"]! > book) return;
        }
    }
}
