using Dlcs.Host.Http;
using Microsoft.Extensions.Logging.Console;

namespace Dlcs.Host.Wiring;

/// <summary>What is said of the work, and how: to the console, from where the operator's tools take it.</summary>
internal static class Logs
{
    /// <summary>On a terminal, what a person has to read is not to scroll away; redirected, all is there.</summary>
    private static LogLevel Least => Console.IsOutputRedirected ? LogLevel.Information : LogLevel.Warning;

    public static WebApplicationBuilder AddLogging(this WebApplicationBuilder builder, HostSettings settings)
    {
        builder.Logging.ClearProviders()
            .AddConsole(console => console.FormatterName =
                settings.LogsJson ? ConsoleFormatterNames.Json : LogLine.FormatName)
            .AddConsoleFormatter<LogLine, ConsoleFormatterOptions>();
        builder.Services.Configure<JsonConsoleFormatterOptions>(json =>
        {
            json.IncludeScopes = true;
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning)
            .AddFilter("Wolverine", LogLevel.Warning).AddFilter("JasperFx", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.Error)
            .AddFilter(typeof(BasicAuthentication).FullName, LogLevel.Warning) // it tells of every request
            .AddFilter("Dlcs", settings.LogLevel ?? Least);
        return builder;
    }
}
