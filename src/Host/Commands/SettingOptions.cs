using System.CommandLine;

namespace Dlcs.Host.Commands;

/// <summary>Options that are settings by another way: what they hold is checked where settings are.</summary>
internal static class SettingOptions
{
    public static Option<string> Data { get; } = Text(
        "--data", "DIR", "The folder with everything that is kept. [default: ./data]");

    private static readonly Option<string> Port = Text(
        "--port", "N", "The port of the public host: IIIF. [default: 8080]");

    private static readonly Option<string> ApiPort = Text("--api-port", "N", "The port of the API. [default: 8081]");

    private static readonly Option<string> Listen = Text(
        "--listen", "ADDRESS", "The address that both listen on; 0.0.0.0 for every one. [default: 127.0.0.1]");

    private static readonly Option<string> Roles = Text(
        "--roles", "LIST", "What this process takes part in: write,read,processing,iiif. [default: all]");

    private static readonly Option<bool> NoSamples = new("--no-samples")
    {
        Description = "Do not add the sample book at the first start.",
    };

    public static IEnumerable<Option> OfServe => [Data, Port, ApiPort, Listen, Roles, NoSamples];

    /// <summary>All settings, those on the command line over all others.</summary>
    public static HostSettings Settings(this ParseResult parsed)
    {
        (Option<string> Option, string Setting)[] texts =
            [(Data, "Data"), (Port, "Port"), (ApiPort, "ApiPort"), (Listen, "Listen"), (Roles, "Roles")];
        var given = texts.Where(t => parsed.GetResult(t.Option) is not null)
            .ToDictionary(t => t.Setting, t => parsed.GetValue(t.Option));
        if (parsed.GetResult(NoSamples) is not null && parsed.GetValue(NoSamples)) given["Samples"] = "false";
        return Read(given).ToHostSettings();
    }

    /// <exception cref="SettingException">A settings file is not JSON.</exception>
    private static IConfigurationRoot Read(Dictionary<string, string?> given)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
                .AddEnvironmentVariables()
                .AddInMemoryCollection(given)
                .Build();
        }
        catch (InvalidDataException e)
        {
            throw new SettingException($"{e.Message} {e.InnerException?.Message}".Trim());
        }
    }

    private static Option<string> Text(string name, string holds, string description) =>
        new(name) { HelpName = holds, Description = description };
}
