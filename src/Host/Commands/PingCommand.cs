using System.CommandLine;

namespace Dlcs.Host.Commands;

/// <summary><c>dlcs ping [URL]</c>: containers and scripts need no other program to ask a host how it is.</summary>
internal static class PingCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Argument<Uri?> Url = new("URL")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Such as http://127.0.0.1:8080/health/ready, which it is without: with the port and the address "
            + "that the settings name.",
        CustomParser = given => Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" ? url
            : throw new SettingException($"{given.Tokens[0].Value} is no http or https URL."),
    };

    public static Command Make()
    {
        var command = new Command("ping", "Asks a URL. Exit code 0 when it answers 2xx within five seconds, else 1.")
        {
            Url,
        };
        command.SetAction((parsed, ct) => Ask(parsed.GetValue(Url) ?? Ready(parsed.Settings()), ct));
        return command;
    }

    private static Uri Ready(HostSettings settings) => new(settings.Here(settings.Port), "/health/ready");

    private static async Task<int> Ask(Uri url, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, ct);
            if (answer.IsSuccessStatusCode) return 0;
            await Console.Error.WriteLineAsync($"{url} answers {(int)answer.StatusCode}.");
        }
        catch (Exception e)
            when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            await Console.Error.WriteLineAsync($"{url} does not answer: {e.Message}");
        }
        return 1;
    }
}
