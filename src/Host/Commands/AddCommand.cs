using System.CommandLine;
using Dlcs.Host.Commands.Adding;

namespace Dlcs.Host.Commands;

/// <summary><c>dlcs add FOLDER --space NAME</c></summary>
internal static class AddCommand
{
    private static readonly Argument<DirectoryInfo> Folder = new("FOLDER")
    {
        Description = "The folder with the pictures.",
    };

    private static readonly Option<string> Space = new("--space")
    {
        HelpName = "NAME",
        Required = true,
        Description = "The space that takes them; it is made when there is none.",
    };

    private static readonly Option<string> String1 = Text(
        "--string1", "TEXT", "The images' string1: what makes them one book. [default: the folder's name]");

    private static readonly Option<string> String2 = Text("--string2", "TEXT", "The images' string2.");
    private static readonly Option<string> String3 = Text("--string3", "TEXT", "The images' string3.");

    private static readonly Option<string> Query = new("--named-query")
    {
        HelpName = "NAME",
        DefaultValueFactory = _ => "book",
        Description = "The named query of the manifest. When there is none, it is defined as "
            + ManifestPath.DefaultTemplate + ".",
    };

    private static readonly Option<Uri> Api = new("--api")
    {
        HelpName = "URL",
        Description = "The API. [default: what serves the data folder; when nothing does, it is served meanwhile]",
        CustomParser = r => Uri.TryCreate(r.Tokens[0].Value, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            ? url : Fault(r, "--api must be an http or https URL, such as http://127.0.0.1:8081."),
    };

    private static readonly Option<string> Key = Text(
        "--key", "KEY", "A key of the customer. [default: DLCS_ADMIN_KEY, or the one in the data folder]");

    private static readonly Option<string> Secret = Text(
        "--secret", "SECRET", "Its secret. [default: DLCS_ADMIN_SECRET, or the one in the data folder]");

    private static readonly Option<int> Customer = new("--customer")
    {
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        Description = "The customer whose images they are.",
    };

    private static readonly Option<int> Batch = new("--batch")
    {
        HelpName = "N",
        DefaultValueFactory = _ => 250,
        Description = "How many images are registered together.",
    };

    public static Command Make()
    {
        var command = new Command("add", "Adds every picture of a folder, in the order of their names, and shows where "
            + "their manifest is. Typed again, it adds what is new and goes on where it was interrupted.")
        {
            Folder, Space, String1, String2, String3, Query, Batch, Customer, Api, Key, Secret, SettingOptions.Data,
        };
        Batch.Validators.Add(r =>
        {
            if (r.GetValue(Batch) is < 1 or > 100_000) r.AddError("--batch must be from 1 to 100000.");
        });
        Folder.Validators.Add(r =>
        {
            if (r.GetValue(Folder) is { Exists: false } folder) r.AddError($"There is no folder {folder.FullName}.");
        });
        command.SetAction(Add);
        return command;
    }

    private static async Task<int> Add(ParseResult parsed, CancellationToken ct)
    {
        var settings = parsed.Settings();
        var named = parsed.GetValue(Api);
        var api = named ?? RunFile.Of(settings.Data)?.Api;
        await using var meanwhile = api is null ? await Serving.Start(settings, Console.Error.WriteLine, ct) : null;
        var credentials = Credentials(parsed, settings);
        using var client = new ApiClient(api ?? meanwhile!.Addresses.Api, parsed.GetValue(Customer), credentials)
        {
            MayUseProxy = named is { IsLoopback: false },
        };

        var added = await AddProgress.Show(tell => AddFolder.Run(client, Wanted(parsed), tell, ct));

        foreach (var (id, reason) in added.Failures) Console.Error.WriteLine($"{id}: {reason}");
        Console.WriteLine(AddProgress.Sentence(added.Progress));
        if (added.Manifest is { } manifest)
        {
            Console.WriteLine();
            Viewers.Print(Console.Out, manifest);
            if (meanwhile is not null) Console.WriteLine("\nIt can be seen there while `ops/run` serves this folder.");
        }

        return added.Failures.Count is 0 ? 0 : 1;
    }

    private static Addition Wanted(ParseResult parsed)
    {
        var folder = parsed.GetValue(Folder)!;
        return new Addition(
            folder.FullName, parsed.GetValue(Space)!, parsed.GetValue(Query)!, parsed.GetValue(String1) ?? folder.Name,
            parsed.GetValue(String2) ?? "", parsed.GetValue(String3) ?? "", parsed.GetValue(Batch));
    }

    private static string Credentials(ParseResult parsed, HostSettings settings) =>
        (parsed.GetValue(Key), parsed.GetValue(Secret)) switch
        {
            ({ } key, { } secret) => $"{key}:{secret}",
            (null, null) => (settings.AdminKey ?? AdminKey.Kept(settings.Data))?.Credentials
                ?? throw new SettingException($"There is no key in {settings.Data}: name one with --key and --secret."),
            _ => throw new SettingException("--key and --secret go together."),
        };

    private static Option<string> Text(string name, string holds, string description) =>
        new(name) { HelpName = holds, Description = description };

    private static Uri? Fault(System.CommandLine.Parsing.ArgumentResult result, string sentence)
    {
        result.AddError(sentence);
        return null;
    }
}
