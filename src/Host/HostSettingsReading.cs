using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Dlcs.Kernel.Events.EventStore;
using Npgsql;

namespace Dlcs.Host;

/// <summary>Reads <see cref="HostSettings"/>. What is wrong is said once, by name, with what would be right.</summary>
public static partial class HostSettingsReading
{
    private static readonly HostSettings Defaults = new() { Data = "data", Storage = "storage" };

    /// <exception cref="SettingException">The first setting that is wrong.</exception>
    public static HostSettings ToHostSettings(this IConfiguration from)
    {
        var data = Path.GetFullPath(Text(from, "Data") ?? Defaults.Data);
        var settings = new HostSettings
        {
            Data = data,
            Port = Port(from, "Port", Defaults.Port),
            ApiPort = Port(from, "ApiPort", Defaults.ApiPort),
            Listen = Address(from),
            Roles = RolesOf(from),
            Samples = Flag(from, "Samples", Defaults.Samples),
            LogsJson = IsJson(from),
            LogLevel = Level(from),
            Postgres = Connection(from),
            EventStore = EventStore(from),
            Index = IndexSettingsReading.Read(from, Prefix(from)),
            PublicUrl = Base(from, "PublicUrl"),
            ApiUrl = Base(from, "ApiUrl"),
            AllowPrivateAddresses = Flag(from, "Origins:AllowPrivateAddresses", false),
            Prefix = Prefix(from),
            Storage = StorageSettings.Folder(from, Path.Combine(data, "storage")),
            S3 = StorageSettings.S3(from),
            Cache = Folder(from, "Cache:Folder", Path.Combine(data, "cache")),
            CacheBytes = Number(from, "Cache:Bytes", Defaults.CacheBytes, 0, long.MaxValue),
            Workers = (int)Number(from, "Workers", Defaults.Workers, 1, 256),
            BatchMembers = (int)Number(from, "BatchMembers", Defaults.BatchMembers, 250, 100_000),
            UploadBytes = Number(from, "UploadBytes", Defaults.UploadBytes, 1, long.MaxValue),
            AdminKey = Key(from),
        };
        return settings.Port != settings.ApiPort ? settings : throw new SettingException(
            $"Port and ApiPort are both {settings.Port}: the public host and the API need a port each.");
    }

    /// <exception cref="SettingException">A file holds a list or an object in its place.</exception>
    internal static string? Text(IConfiguration from, string name) =>
        from[name] is { Length: > 0 } text && !string.IsNullOrWhiteSpace(text) ? text.Trim()
        : Items(from, name) is [] ? null
        : throw new SettingException($"The setting {name} must be one value, not a list or an object.");

    /// <summary>What stands below that name in a file: the items of a list.</summary>
    private static IReadOnlyList<string?> Items(IConfiguration from, string name) =>
        [.. from.GetSection(name).GetChildren().Select(child => child.Value)];

    /// <summary>It may be an address with a password: what has an @ is not repeated.</summary>
    internal static SettingException Wrong(string name, string text, string right) =>
        new(text.Contains('@', StringComparison.Ordinal)
            ? $"The setting {name} must be {right}."
            : $"The setting {name} is '{text}', but must be {right}.");

    internal static long Number(IConfiguration from, string name, long otherwise, long least, long most) =>
        Text(from, name) is not { } text ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n
        : throw Wrong(name, text, $"a whole number from {least} {(most is long.MaxValue ? "up" : $"to {most}")}");

    private static bool IsJson(IConfiguration from) => Text(from, "Logs") switch
    {
        null or "text" => false,
        "json" => true,
        var text => throw Wrong("Logs", text, "text or json"),
    };

    private static LogLevel? Level(IConfiguration from) => Text(from, "LogLevel")?.ToLowerInvariant() switch
    {
        null => null,
        "debug" => LogLevel.Debug,
        "information" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        var text => throw Wrong("LogLevel", text, "debug, information, warning or error"),
    };

    private static int Port(IConfiguration from, string name, int otherwise) =>
        (int)Number(from, name, otherwise, 1, ushort.MaxValue);

    internal static bool Flag(IConfiguration from, string name, bool otherwise) =>
        Text(from, name) is not { } text ? otherwise
        : bool.TryParse(text, out var flag) ? flag : throw Wrong(name, text, "true or false");

    private static IPAddress Address(IConfiguration from) => Text(from, "Listen") switch
    {
        null => Defaults.Listen,
        "localhost" => IPAddress.Loopback,
        "*" => IPAddress.Any,
        var text => IPAddress.TryParse(text, out var address)
            ? address : throw Wrong("Listen", text, "an address of this machine, such as 127.0.0.1 or 0.0.0.0"),
    };

    private static Roles RolesOf(IConfiguration from)
    {
        const string right = "a list of write, read, processing and iiif, or all";
        var list = string.IsNullOrWhiteSpace(from["Roles"]) ? string.Join(',', Items(from, "Roles")) : "";
        if ((list is "" ? Text(from, "Roles") : list) is not { } text) return Defaults.Roles;

        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names is [] ? throw Wrong("Roles", text, right) : names
            .Aggregate(default(Roles), (roles, name) => roles | name.ToLowerInvariant() switch
            {
                "write" => Roles.Write,
                "read" => Roles.Read,
                "processing" => Roles.Processing,
                "iiif" => Roles.Iiif,
                "all" => Roles.All,
                _ => throw Wrong("Roles", text, right),
            });
    }

    internal static Uri? Base(IConfiguration from, string name) => Text(from, name) is not { } text ? null
        : Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url)
            && url is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" }
            ? new UriBuilder(url) { Host = url.IdnHost }.Uri : throw Wrong( // ASCII: ids and headers begin with it
                name, text, "an http or https URL without user, query or fragment, such as https://iiif.example.org");

    /// <summary>It may hold a password: what it was is not repeated.</summary>
    private static string? Connection(IConfiguration from)
    {
        if (Text(from, "ConnectionStrings:Postgres") is not { } text) return null;
        try
        {
            if (new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0 }) return text;
        }
        catch (ArgumentException)
        {
            // said below
        }

        throw new SettingException("The setting ConnectionStrings:Postgres is not a connection string of PostgreSQL, "
            + "such as Host=db.example.org;Database=dlcs;Username=dlcs;Password=….");
    }

    /// <summary>It may hold a password: what it was is not repeated.</summary>
    private static EventStoreAddress? EventStore(IConfiguration from)
    {
        if (Text(from, "EventStore") is not { } text || text.Equals("postgres", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            return ConnectionString.Parse(text).Checked();
        }
        catch (FormatException e)
        {
            throw new SettingException("The setting EventStore is neither 'postgres' nor a connection string of "
                + $"EventStoreDB, such as esdb://admin:password@events.example.org:2113: {e.Message}.");
        }
    }

    internal static string Folder(IConfiguration from, string name, string otherwise) => Text(from, name) switch
    {
        null => otherwise,
        var text when text.Contains("://", StringComparison.Ordinal) =>
            throw Wrong(name, text, "a folder on this machine"),
        var text => Path.GetFullPath(text),
    };

    private static string Prefix(IConfiguration from) => Text(from, "Prefix") switch
    {
        null => Defaults.Prefix,
        var text => Name().IsMatch(text)
            ? text : throw Wrong("Prefix", text, "1 to 20 lower-case letters and digits, a letter first"),
    };

    private static AdminKey? Key(IConfiguration from) =>
        (Text(from, "DLCS_ADMIN_KEY"), Text(from, "DLCS_ADMIN_SECRET")) switch
        {
            (null, null) => null,
            ({ } key, { Length: >= 16 } secret)
                when Guid.TryParse(key, out var id) && !secret.Contains(':', StringComparison.Ordinal) =>
                new AdminKey(id, secret),
            _ => throw new SettingException("DLCS_ADMIN_KEY (a UUID) and DLCS_ADMIN_SECRET (16 characters or more, "
                + "without a colon) go together: set both or neither."),
        };

    [GeneratedRegex("^[a-z][a-z0-9]{0,19}$")]
    private static partial Regex Name();
}
