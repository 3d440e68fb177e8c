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

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ListenerPolicy>());
        services.AddWebEncoders().AddTransient<BasicAuthentication>().AddAuthenticationCore(authentication =>
        {
            authentication.DefaultScheme = BasicAuthentication.SchemeName;
            authentication.AddScheme<BasicAuthentication>(BasicAuthentication.SchemeName, displayName: null);
        });
        services.AddAuthorization().AddSingleton<IProblemDetailsWriter, ErrorWriter>().AddProblemDetails();
        services.AddSingleton<Repetition>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return services;
    }

    public static void UseApi(this WebApplication app, HostSettings settings)
    {
        // Else a WebApplication authenticates before all else, a second time, and where no failure is answered.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        ((IApplicationBuilder)app).Properties["__AuthorizationMiddlewareSet"] = true;
        app.UseWhen(IsOfApi, api => api.Use(RequestLog.Write)); // around all else: a failure has its id, and its line
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = http => Errors.Answer(http, settings.ApiPort),
            AllowStatusCode404Response = true,
            SuppressDiagnosticsCallback = failed => Errors.IsToldInOneLine(failed.Exception),
        });
        app.Use(next => http => Errors.RefuseNull(http, next, settings.ApiPort));
        app.UseWhen(IsOfApi, api =>
        {
            api.UseStatusCodePages();
            api.UseRouting();
            api.UseWhen(IsGuarded, guarded => guarded.UseAuthentication()); // health asks no view who wants to know it
            api.Use(next => http => Authorization.Check(http, next));
        });

        bool IsOfApi(HttpContext http) => http.Connection.LocalPort == settings.ApiPort;
    }

    private static bool IsGuarded(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<Listener>() is not null;
}
