using static System.Net.Http.HttpMethod;

namespace Dlcs.Unit.Write;

public sealed class SendingASpace : IAsyncLifetime
{
    private WriteHost host = null!;

    public async ValueTask InitializeAsync() => host = await WriteHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("PUT", "/customers/2/spaces/5", """{"id":5,"name":"Maps","created":"2026-01-01T00:00:00Z"}""", 200)]
    [InlineData("PATCH", "/customers/2/spaces/5", """{"id":5,"name":"Maps","created":"2026-01-01T00:00:00Z"}""", 200)]
    [InlineData("PUT", "/customers/2/spaces/7", """{"id":0,"name":"Atlases"}""", 201)]
    [InlineData("PUT", "/customers/2/spaces/5", """{"id":6,"name":"Maps"}""", 400)]
    [InlineData("PATCH", "/customers/2/spaces/5", """{"id":6,"name":"Maps"}""", 400)]
    [InlineData("PUT", "/customers/2/spaces/7", """{"id":6,"name":"Atlases"}""", 400)]
    public async Task takes_a_space_as_it_is_read(string method, string path, string body, int status)
    {
        var answer = await host.Send(new HttpMethod(method), path, body);

        answer.Status.ShouldBe(status);
        if (status is 400) answer.Detail().ShouldStartWith("id must be ");
    }

    [Fact]
    public async Task needs_its_name_only_when_it_is_new()
    {
        (await host.Send(Put, "/customers/2/spaces/5", """{"maxUnauthorised":400}""")).Status.ShouldBe(200);

        (await host.Send(Put, "/customers/2/spaces/8", """{"maxUnauthorised":400}""")).Detail()
            .ShouldBe("name is missing: space 8 is not there yet, and needs one");
    }
}
