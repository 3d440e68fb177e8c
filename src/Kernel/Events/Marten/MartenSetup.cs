using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;
using Weasel.Core;
using SystemTextJsonSerializer = Marten.Services.SystemTextJsonSerializer;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>Marten as the log uses it: streams are appended; no daemon, no projection, no retry of its own.</summary>
internal static class MartenSetup
{
    private const int StillDefaultTimeout = 15;
    private const int StillDefaultCommandTimeout = 30;

    /// <summary>Connections that fail soon, prepare what they repeat, and never hold a transaction open idly.</summary>
    public static NpgsqlDataSource Source(string connectionString)
    {
        var c = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "dlcs log" };
        if (c.Timeout is StillDefaultTimeout) c.Timeout = 5;
        if (c.CommandTimeout is StillDefaultCommandTimeout) c.CommandTimeout = 15;
        if (c.MaxAutoPrepare is 0) (c.MaxAutoPrepare, c.AutoPrepareMinUsages) = (24, 2);
        c.MaxPoolSize = Math.Min(c.MaxPoolSize, 32);
        c.Options ??= "-c idle_in_transaction_session_timeout=5000"; // a frozen process would hold up every reader
        return NpgsqlDataSource.Create(c);
    }

    public static DocumentStore Store(NpgsqlDataSource source, LogSettings settings) => DocumentStore.For(options =>
    {
        options.Connection(source);
        options.DatabaseSchemaName = settings.Schema;
        options.AutoCreateSchemaObjects = AutoCreate.None; // LogSchema makes them, once, under a lock
        options.ConfigurePolly(_ => { });
        options.ConfigureWritePolly(_ => { }); // who retries an append must look for it first
        options.Serializer(Json());

        options.Events.StreamIdentity = StreamIdentity.AsString;
        options.Events.AppendMode = EventAppendMode.Quick;
        options.Events.UseExclusiveLockOnConcurrentAppends = true; // a loser waits, then draws no number
        options.Events.MetadataConfig.HeadersEnabled = true;
        foreach (var (name, _, type) in EventTypes.Known) options.Events.MapEventType(type, name);
    });

    /// <summary>As <see cref="EventJson"/> writes events; what else Marten writes goes by reflection.</summary>
    private static SystemTextJsonSerializer Json() =>
        new(new JsonSerializerOptions(EventJson.Default.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(EventJson.Default, new DefaultJsonTypeInfoResolver()),
            Converters = { new SealedHeadersConverter() },
        })
        {
            EnumStorage = EnumStorage.AsString,
            Casing = Casing.CamelCase,
        };
}
