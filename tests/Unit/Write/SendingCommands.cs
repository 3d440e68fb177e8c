using System.Text;
using System.Text.Json;
using Dlcs.Kernel.Events;
using static System.Net.Http.HttpMethod;

namespace Dlcs.Unit.Write;

public sealed class SendingCommands : IAsyncLifetime
{
    private const string Image = "/customers/2/spaces/5/images/folio-1r";
    private const string Queue = "/customers/2/queue";
    private const string Queries = "/customers/2/namedQueries";
    private const string Body = """{"origin":"https://example.org/1r.tif","mediaType":null}""";

    private WriteHost host = null!;

    public async ValueTask InitializeAsync() => host = await WriteHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task registers_an_image_and_says_when_it_is_new()
    {
        (await host.Send(Put, Image, Body)).ShouldBe(new(201, "Image { Id = 2/5/folio-1r }"));
        (await host.Send(Put, Image, Body)).Status.ShouldBe(200);
        (await host.Send(Delete, Image + "?deleteFrom=cdn")).ShouldBe(new(204, ""));
        (await host.Send(Delete, Image)).Status.ShouldBe(404);
        (await host.Send(Put, Image, Body)).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("/customers/2/spaces/5/images/a%252Fb", "2/5/a%2Fb")]
    [InlineData("/Customers/2/Spaces/5/Images/a%2Fb%20c", "2/5/a/b c")]
    [InlineData("/customers/2/spaces/5/images/x/../y", "2/5/y")]
    [InlineData("/customers/2/spaces/5/images/x/customers/3/spaces/4/images/victim/../../../../../../../y", "2/5/y")]
    [InlineData(
        "/customers/2/spaces/5/images/x/customers/3/spaces/4/images/victim/%2e%2E/.%2e/%2e%2e/../../../../y", "2/5/y")]
    public async Task acts_upon_the_image_of_the_route_under_the_name_that_was_sent(string path, string id)
    {
        var sent = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var request = new HttpRequestMessage(Put, new Uri(host.Address + path, sent));
        request.Content = new StringContent(Body, Encoding.UTF8, "application/json");

        (await host.Send(request)).ShouldBe(new(201, $"Image {{ Id = {id} }}"));
    }

    [Fact]
    public async Task answers_without_the_outcome_when_it_does_not_come()
    {
        host.Outcome = async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return default;
        };

        (await host.Send(Put, Image, Body)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task waits_for_nothing_when_that_is_preferred()
    {
        host.Outcome = (_, _) => throw new InvalidOperationException("waited");

        (await host.Send(Put, Image, Body, ("Prefer", "return=minimal, Respond-Async"))).Status.ShouldBe(201);
        (await host.Send(Put, Image, Body)).Status.ShouldBe(500);
    }

    [Fact]
    public async Task waits_for_the_registration_that_it_made()
    {
        var waited = Guid.Empty;
        host.Outcome = (registration, _) =>
        {
            waited = registration;
            return Task.FromResult(new Position(99));
        };

        await host.Send(Put, Image, Body);

        host.Log.Stream(Images.Id.Stream).ShouldHaveSingleItem().ShouldBeOfType<ImageRegistered>()
            .Registration.ShouldBe(waited);
    }

    [Theory]
    [InlineData("/customers/2/spaces/5/images/a%2Fb%20c", "2/5/a/b c")]
    [InlineData("/customers/2/spaces/5/images/a%252Fb", "2/5/a%2Fb")]
    [InlineData("/customers/2/spaces/5/images/%D1%84?x=1", "2/5/ф")]
    public async Task reads_the_id_as_it_was_sent(string path, string id)
    {
        (await host.Send(Put, path, Body)).Text.ShouldBe($"Image {{ Id = {id} }}");
        (await host.Send(Post, path.Split('?')[0] + "/reingest")).ShouldBe(new(200, $"Image {{ Id = {id} }}"));
    }

    [Theory]
    [InlineData("/customers/3/spaces/5/images/x", 404)]
    [InlineData("/customers/2/spaces/6/images/x", 400)]
    [InlineData("/customers/2/spaces/5/images/%07", 400)]
    [InlineData("/customers/0/spaces/5/images/x", 404)]
    public async Task knows_nothing_of_what_is_not_there(string path, int status) =>
        (await host.Send(Put, path, Body)).Status.ShouldBe(status);

    [Fact]
    public async Task keeps_who_and_why()
    {
        await host.Send(
            Put, Image, Body,
            ("x-correlation-id", "affair-1"), ("x-Request-ID", "r-7"), ("x-long-id", new string('x', 129)));

        var metadata = host.Log.All.Single(r => r.Event is ImageRegistered).Metadata;
        (metadata.By, metadata.Correlation).ShouldBe(("key-1", "affair-1"));
        metadata.Headers.ShouldNotBeNull().ShouldHaveSingleItem().ShouldBe(new("x-request-id", "r-7"));
    }

    [Fact]
    public async Task changes_what_is_named()
    {
        await host.Send(Put, Image, Body);

        (await host.Send(Patch, Image, """{"string1":"ms-1"}""")).ShouldBe(new(200, "Image { Id = 2/5/folio-1r }"));
        (await host.Send(Patch, Image, """{"id":"other"}""")).Detail().ShouldStartWith("id must be folio-1r");
        (await host.Send(Patch, "/customers/2/spaces/5/images/x", "{}")).Status.ShouldBe(404);
        host.Log.Stream(Images.Id.Stream)[^1].ShouldBe(new ImageDescribed(Images.Id, String1: "ms-1"));
    }

    [Fact]
    public async Task submits_a_batch_and_tells_every_fault_of_one()
    {
        string Members(int count) => string.Join(',', Enumerable.Range(0, count)
            .Select(i => $$"""{"id":"x{{i}}","space":5,"origin":"https://example.org/{{i}}"}"""));

        (await host.Send(Post, Queue, $$"""{"@type":"Collection","member":[{{Members(250)}}]}"""))
            .ShouldBe(new(201, "Batch { Owner = 2, Id = 1 }"));
        (await host.Send(Post, Queue + "/priority", $$"""{"member":[{{Members(2)}}]}""")).Status.ShouldBe(201);
        (await host.Send(Post, Queue, $$"""{"member":[{{Members(301)}}]}""")).Status.ShouldBe(413);
        (await host.Send(Post, Queue, $$"""{"member":[{{Members(1)}},{{Members(1)}}]}""")).Detail()
            .ShouldBe("member[0] 'x0' and member[1] 'x0' are the same image, 2/5/x0");

        host.Log.All.Count(r => r.Event is ImageRegistered { Batch: 1, Lane: Lane.Normal }).ShouldBe(250);
        host.Log.All.Count(r => r.Event is ImageRegistered { Batch: 2, Lane: Lane.Priority }).ShouldBe(2);
    }

    [Fact]
    public async Task issues_a_key_and_shows_its_secret_once()
    {
        var answer = await host.Send(Post, "/customers/2/keys");
        var key = JsonDocument.Parse(answer.Text).RootElement;

        answer.Status.ShouldBe(200);
        key.GetProperty("secret").GetString()!.Length.ShouldBe(64);
        (await host.Send(Delete, $"/customers/2/keys/{key.GetProperty("key").GetString()}")).Status.ShouldBe(204);
        (await host.Send(Delete, "/customers/2/keys/nonsense")).Status.ShouldBe(204);
        (await host.Send(Post, "/customers/9/keys")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task defines_changes_and_removes_a_named_query()
    {
        var defined = await host.Send(Post, Queries, """{"name":"manifest","template":"canvas=n1"}""");
        var id = defined.Text.Split(' ')[^2];

        defined.Status.ShouldBe(201);
        (await host.Send(Post, Queries, """{"name":"manifest","template":"x=1"}""")).Detail()
            .ShouldBe($"there is a named query 'manifest' already: change it by PUT of its id, {id}");
        (await host.Send(Put, $"{Queries}/{id}", """{"template":"canvas=n2"}""")).Status.ShouldBe(200);
        (await host.Send(Put, $"{Queries}/{id}", """{"name":"x","template":"a=1"}""")).Status.ShouldBe(400);
        (await host.Send(Delete, $"{Queries}/{id}")).Status.ShouldBe(204);
        (await host.Send(Delete, $"{Queries}/{id}")).Status.ShouldBe(404);
        (await host.Send(Delete, $"{Queries}/{Guid.Empty}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task forbids_what_only_an_administrator_does()
    {
        await using var other = await WriteHost.Start(administrator: false);

        (await other.Send(Post, Queries, """{"name":"m","template":"n1=1","global":true}"""))
            .Status.ShouldBe(403);
    }

    [Fact]
    public async Task manages_spaces_and_customers()
    {
        (await host.Send(Post, "/customers/2/spaces", """{"name":"Letters"}""")).Status.ShouldBe(201);
        (await host.Send(Put, "/customers/2/spaces/7", """{"name":"letters"}""")).Status.ShouldBe(409);
        (await host.Send(Patch, "/customers/2/spaces/5", """{"name":"Atlases"}""")).Status.ShouldBe(200);
        (await host.Send(Delete, "/customers/2/spaces/5")).Status.ShouldBe(204);
        (await host.Send(Delete, "/customers/2/spaces/5")).Status.ShouldBe(404);
        (await host.Send(Post, "/customers", """{"name":"emil","displayName":"Archive"}""")).Status.ShouldBe(201);
        (await host.Send(Patch, "/customers/2", """{"name":"otto"}""")).Detail().ShouldBe("name cannot be changed");
        (await host.Send(Patch, "/customers/2", """{"displayName":"ARCHIVE"}""")).Status.ShouldBe(409);
    }
}
