using System.Net;
using Dlcs.Iiif;
using Dlcs.Integration.Journeys;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dlcs.Integration.ImageApi;

/// <summary>Storage that lacks what images need, as after it was restored from an older backup.</summary>
public sealed class LosingStoredPictures : IDisposable
{
    private readonly StoredPictures stored = new();
    private readonly KnownImages images = new();

    public void Dispose() => stored.Dispose();

    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown, HttpStatusCode.ServiceUnavailable)]
    [InlineData(PostgresErrorCodes.SyntaxError, HttpStatusCode.InternalServerError)]
    public async Task is_no_excuse_for_a_wrong_question(string sqlState, HttpStatusCode status)
    {
        images.Fault = new PostgresException("no", "ERROR", "ERROR", sqlState);
        var (app, client) = await PublicHost.Start(stored.Storage, images, new IiifSettings());
        await using var _ = app;
        using var __ = client;

        using var answer = await client.GetAsync(
            new Uri("/iiif-img/2/5/folio/info.json", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task is_said_once_for_all_requests_that_meet_it_with_what_to_do()
    {
        using var folio = Picture.Make(1300, 900);
        var ready = await stored.Store(folio, 256);
        images.Set("folio", ready);
        var pyramid = ready.Pyramid.ShouldNotBeNull().Key;
        File.Delete(stored.FileOf(new(pyramid)));
        using var heard = new Heard();
        var (app, client) = await PublicHost.Start(stored.Storage, images, new IiifSettings(), heard);
        await using var _ = app;
        using var __ = client;

        for (var x = 0; x < 1280; x += 256)
        {
            using var answer = await client.GetAsync(
                new Uri($"/iiif-img/2/5/folio/{x},0,256,256/256,/0/default.jpg", UriKind.Relative),
                TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        }

        var line = heard.Lines.Where(l => l.Level >= LogLevel.Warning).ShouldHaveSingleItem();
        line.Level.ShouldBe(LogLevel.Error);
        line.Sentence.ShouldContain("/iiif-img/2/5/folio/0,0,256,256/256,/0/default.jpg");
        line.Sentence.ShouldContain(pyramid);
        line.Sentence.ShouldContain("older backup");
        line.Sentence.ShouldContain("dlcs sweep");
        line.Stack.ShouldBeNull();
    }
}
