namespace Dlcs.Kernel.Events.EventStore;

/// <summary>The log's identity: the id of the one event of a stream beside ours. Who finds none makes it.</summary>
internal sealed class Identity(LogReader reader, Appender appender, Names names)
{
    private readonly SharedAttempt<Guid> known = new(() => FindOrMake(reader, appender, names));

    /// <exception cref="LogUnavailableException">EventStoreDB is away.</exception>
    public ValueTask<Guid> Get(CancellationToken ct) => known.Get(ct);

    private static async Task<Guid> FindOrMake(LogReader reader, Appender appender, Names names)
    {
        if (await reader.First(names.Identity, CancellationToken.None) is { } id) return id;
        const string type = "LogBegun";
        var made = new SealedEvent(Guid.CreateVersion7(), type, new UnknownEvent(type, 1), "{}"u8.ToArray(), []);
        if (await appender.Append(new(names.Identity, ExpectedRevision.NoStream, [made])) is not null) return made.Id;
        return await reader.First(names.Identity, CancellationToken.None) // another came first
            ?? throw new InvalidDataException("the log does not keep what is appended");
    }
}
