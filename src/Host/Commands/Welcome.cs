namespace Dlcs.Host.Commands;

/// <summary>What a new user needs next, each line fit to be copied.</summary>
internal static class Welcome
{
    public static void Print(TextWriter to, Serving serving, HostSettings settings, SampleBook? book)
    {
        var iiif = settings.PublicUrl ?? serving.Addresses.Public;
        to.WriteLine($"API       {settings.ApiUrl ?? serving.Addresses.Api}");
        to.WriteLine($"IIIF      {iiif}");
        to.WriteLine($"data      {settings.Data}");
        if (serving.Postgres is { } postgres && !postgres.Folder.StartsWith(settings.Data, StringComparison.Ordinal))
            to.WriteLine($"database  {postgres.Folder} (its user may not enter the data folder)");
        if (serving.GivenIsRevoked)
            to.WriteLine("key       DLCS_ADMIN_KEY was revoked, and stays so: give another one, or none");
        if (serving.Admin is { } admin)
            Key(to, KeyFile(settings), admin, show: serving.AdminIsNew && settings.AdminKey is null);
        if (book is not null)
        {
            to.WriteLine("\nRegister one more image:");
            Image(to, serving.Addresses.Api, book.Space, KeyFile(settings));
            to.WriteLine("\nLook at the sample book:");
            Viewers.Print(to, new Uri(iiif, iiif.AbsolutePath.TrimEnd('/') + book.ManifestPath));
        }
        else if (serving.Admin is not null)
        {
            to.WriteLine("\nMake a space, and register an image in it:");
            Space(to, serving.Addresses.Api, KeyFile(settings));
            Image(to, serving.Addresses.Api, 1, KeyFile(settings));
        }

        if (settings.Roles.HasFlag(Roles.Write))
            to.WriteLine("\nAdd pictures of your own:\n  ops/dlcs add FOLDER --space NAME");
        to.WriteLine("\nReady. Ctrl-C stops it.");
        to.Flush();
    }

    /// <param name="show">Not where it was given: what a program says may be kept for long.</param>
    private static void Key(TextWriter to, string file, AdminKey admin, bool show)
    {
        to.WriteLine($"key       {admin.Key}");
        to.WriteLine(show ? $"secret    {admin.Secret} (shown this once; kept in {file})" : $"secret    in {file}");
    }

    /// <summary>The first one of a customer is number 1.</summary>
    private static void Space(TextWriter to, Uri api, string keyFile)
    {
        to.WriteLine($"""  curl -sS -u "$(cat {Quoted(keyFile)})" -H 'Content-Type: application/json' \""");
        to.WriteLine($$"""    -d '{"name":"first"}' {{new Uri(api, "/customers/1/spaces")}}""");
    }

    /// <summary>A page of the sample book sent along: it needs no other machine.</summary>
    private static void Image(TextWriter to, Uri api, int space, string keyFile)
    {
        var picture = Directory.EnumerateFiles(SampleBook.Folder).Order(StringComparer.Ordinal).First();
        var image = new Uri(api, $"/customers/1/spaces/{space}/images/one-more");
        to.WriteLine($$"""  base64 -w0 {{Quoted(picture)}} | sed 's/.*/{"file":"&"}/' |""");
        to.WriteLine($"""    curl -sS -u "$(cat {Quoted(keyFile)})" -X PUT -H 'Content-Type: application/json' \""");
        to.WriteLine($"      --data-binary @- {image}");
    }

    private static string KeyFile(HostSettings settings) => Path.Combine(settings.Data, AdminKey.FileName);

    /// <summary>For a shell, whatever the path holds.</summary>
    private static string Quoted(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-')
            ? path : $"'{path.Replace("'", """'\''""", StringComparison.Ordinal)}'";
}
