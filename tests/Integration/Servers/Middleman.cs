using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Servers;

/// <summary>Passes a request on to the engine, or not, and its answer back, or another.</summary>
/// <param name="engine">Asks the engine with that body.</param>
internal delegate Task Meddling(HttpContext http, string body, Func<string, Task<(int Status, string Body)>> engine);

/// <summary>Stands before a search engine, and meddles as a test wants it.</summary>
internal sealed class Middleman : IAsyncDisposable
{
    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly WebApplication app;
    private readonly Uri engine;

    private Middleman(WebApplication app, Uri engine) => (this.app, this.engine) = (app, engine);

    /// <summary>What it does with each request; passes it on, at first.</summary>
    public Meddling Meddle { get; set; } = Pass;

    public Uri Url => new(app.Urls.Single());

    /// <param name="certificate">To speak https with; <c>null</c>: http.</param>
    public static async Task<Middleman> Before(Uri engine, X509Certificate2? certificate = null)
    {
        var builder = OwnServer.Builder();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, on => { if (certificate is not null) on.UseHttps(certificate); }));
        var man = new Middleman(builder.Build(), engine);
        man.app.Run(man.Handle);
        await man.app.StartAsync();
        return man;
    }

    public static async Task Pass(HttpContext http, string body, Func<string, Task<(int Status, string Body)>> engine)
    {
        var (status, answer) = await engine(body);
        await Answer(http, status, answer);
    }

    public static Task Answer(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task Handle(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        await Meddle(context, body, sent => Ask(context, sent));
    }

    private async Task<(int Status, string Body)> Ask(HttpContext context, string body)
    {
        var request = context.Request;
        using var forward = new HttpRequestMessage(
            new(request.Method), new Uri(engine, $"{request.Path.ToUriComponent()}{request.QueryString}"));
        if (body is not "")
        {
            forward.Content = new StringContent(body);
            forward.Content.Headers.ContentType = new(request.ContentType!);
        }
        using var answer = await http.SendAsync(forward, context.RequestAborted);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(context.RequestAborted));
    }
}
