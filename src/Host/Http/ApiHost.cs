using System.Diagnostics;
using Dlcs.Kernel;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dlcs.Host.Http;

/// <summary>What every request goes through before an endpoint sees it.</summary>
internal static class ApiHost
{
    public static WebApplicationBuilder AddListeners(this WebApplicationBuilder builder, HostSettings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // each endpoint has its own limit, and says it
            kestrel.Listen(settings.Listen, settings.Port);
            kestrel.Listen(settings.Listen, settings.ApiPort);
        });
        return builder;
    }

    public static WebApplicationBuilder AddLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.IncludeScopes = true;
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning)
            .AddFilter("Wolverine", LogLevel.Warning).AddFilter("JasperFx", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.Error)
            // on a terminal, what a person has to read is not to scroll away; redirected, every line is there
            .AddFilter(typeof(BasicAuthentication).FullName, LogLevel.Warning) // it tells of every request
            .AddFilter("Dlcs", Console.IsOutputRedirected ? LogLevel.Information : LogLevel.Warning);
        return builder;
    }

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ListenerPolicy>());
        services.AddWebEncoders().AddTransient<BasicAuthentication>().AddAuthenticationCore(authentication =>
        {
            authentication.DefaultScheme = BasicAuthentication.SchemeName;
            authentication.AddScheme<BasicAuthentication>(BasicAuthentication.SchemeName, displayName: null);
        });
        services.AddAuthorization().AddProblemDetails(problems => problems.CustomizeProblemDetails = Errors.Describe);
        services.AddSingleton<Repetition>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return services;
    }

    public static void UseApi(this WebApplication app, HostSettings settings)
    {
        // Else a WebApplication authenticates before all else, a second time, and where no failure is answered.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        ((IApplicationBuilder)app).Properties["__AuthorizationMiddlewareSet"] = true;
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = http => Errors.Answer(http, settings.ApiPort),
            AllowStatusCode404Response = true,
            SuppressDiagnosticsCallback = failed => Errors.IsToldInOneLine(failed.Exception),
        });
        app.UseWhen(http => http.Connection.LocalPort == settings.ApiPort, api =>
        {
            api.UseStatusCodePages();
            api.Use(Log);
            api.UseRouting();
            api.UseWhen(IsGuarded, guarded => guarded.UseAuthentication()); // health asks no view who wants to know it
            api.Use(next => http => Authorization.Check(http, next));
        });
    }

    private static bool IsGuarded(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<Listener>() is not null;

    /// <summary>
    /// One line for each request, and the client's correlation id in every line that is logged for it. The position
    /// leads from a command to its events, and so to the views and the worker.
    /// </summary>
    private static async Task Log(HttpContext http, RequestDelegate next)
    {
        var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Dlcs.Api");
        var given = http.Request.Headers["x-correlation-id"].ToString();
        var isTold = given.Length is > 0 and <= 128 && !given.Any(char.IsControl);
        var began = Stopwatch.GetTimestamp();
        using (isTold ? logger.BeginScope("correlation:{Correlation}", given) : null)
        {
            await next(http);
            logger.Log(
                HttpMethods.IsGet(http.Request.Method) ? LogLevel.Debug : LogLevel.Information,
                "{Method} {Path} answered {Status} in {Elapsed:0} ms; position {Position}",
                http.Request.Method, http.Request.Path.Value, http.Response.StatusCode,
                Stopwatch.GetElapsedTime(began).TotalMilliseconds, http.Response.Headers["Dlcs-Position"].ToString());
        }
    }
}
