using System.Net;

namespace Dlcs.Integration.Presentation;

/// <summary>So many manifests are made at a time, and so many wait for their turn.</summary>
public sealed class CrowdingAManifest : IAsyncLifetime
{
    private readonly PublicSite site = new(new() { Parallelism = 1, Queue = 1 });

    public async ValueTask InitializeAsync()
    {
        await site.InitializeAsync();
        site.Shelf.Put(Pictures.Picture("2/5/a"));
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task is_given_up_when_it_takes_too_long()
    {
        await using var hurried = new PublicSite(new() { Deadline = TimeSpan.FromMilliseconds(50) });
        await hurried.InitializeAsync();
        hurried.Shelf.Searched = new TaskCompletionSource().Task;

        using var late = await hurried.Get("/iiif-resource/2/book/book");

        late.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        late.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task turns_away_one_too_many_and_serves_the_others()
    {
        var searched = new TaskCompletionSource();
        site.Shelf.Searched = searched.Task;
        var asking = Enumerable.Range(0, 4).Select(_ => site.Get("/iiif-resource/2/book/book")).ToList();

        var first = await Task.WhenAny(asking);
        using (var away = await first)
        {
            away.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            away.Headers.RetryAfter.ShouldNotBeNull();
        }
        searched.SetResult();

        asking.Remove(first);
        foreach (var answer in await Task.WhenAll(asking))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Dispose();
        }
    }
}
