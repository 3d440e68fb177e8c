using System.Collections.Concurrent;
using System.Net;
using Dlcs.Kernel.Storage.S3;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace Dlcs.Integration.Servers;

/// <summary>Stands before an S3 store: notes what is asked, answers some of it itself, passes on the rest.</summary>
internal sealed class S3Front : IAsyncDisposable
{
    private static readonly string[] Hops = ["Connection", "Transfer-Encoding", "Keep-Alive"];

    private readonly HttpMessageInvoker onward = new(new SocketsHttpHandler { UseProxy = false });
    private readonly WebApplication app;
    private readonly Uri store;

    private S3Front(WebApplication app, Uri store) => (this.app, this.store) = (app, store);

    public ConcurrentQueue<Asked> Requests { get; } = [];

    /// <summary>Answers a request, or leaves it: then it is passed on.</summary>
    public Func<HttpContext, Task<bool>> Answer { get; set; } = _ => Task.FromResult(false);

    public static async Task<S3Front> Before(S3Settings settings)
    {
        var builder = OwnServer.Builder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var app = builder.Build();
        var front = new S3Front(app, settings.Endpoint!);
        app.Run(front.Handle);
        await app.StartAsync();
        return front;
    }

    /// <summary>The settings that lead through here.</summary>
    public S3Settings Lead(S3Settings settings) => settings with { Endpoint = new(app.Urls.Single()) };

    public static async Task<bool> Say(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(body);
        return true;
    }

    /// <summary>S3's way to refuse.</summary>
    public static Task<bool> Refuse(HttpContext http, int status, string code) =>
        Say(http, status, $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>no</Message></Error>");

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        onward.Dispose();
    }

    private async Task Handle(HttpContext http)
    {
        Requests.Enqueue(new(
            http.Request.Method, http.Request.GetEncodedPathAndQuery(),
            http.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)));
        if (await Answer(http)) return;
        try
        {
            await PassOn(http);
        }
        catch (HttpRequestException)
        {
            http.Abort(); // there is nobody behind
        }
    }

    private async Task PassOn(HttpContext http)
    {
        using var request = new HttpRequestMessage(
            new(http.Request.Method), new Uri(store, http.Request.GetEncodedPathAndQuery()));
        if (http.Request.Method is "PUT" or "POST") request.Content = new StreamContent(http.Request.Body);
        foreach (var (name, values) in http.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        using var response = await onward.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
            if (!Hops.Contains(name)) http.Response.Headers[name] = new StringValues([.. values]);
        if (!HttpMethods.IsHead(http.Request.Method)) await response.Content.CopyToAsync(http.Response.Body);
    }
}

/// <summary>What someone asked of the store.</summary>
internal sealed record Asked(string Method, string Path, IReadOnlyDictionary<string, StringValues> Headers)
{
    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
