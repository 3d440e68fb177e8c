using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Npgsql;

namespace Dlcs.Read.Projecting;

/// <summary>
/// Rows on their way into a table, in PostgreSQL's binary format of COPY (manual, "COPY", "Binary Format"). Encoded
/// here: a rebuild writes some thirty values a row, and Npgsql's importer took a fifth of its processor time for them.
/// </summary>
internal sealed class CopyRows : IAsyncDisposable
{
    private const int Full = 64 * 1024;
    private const int TextOid = 25;
    private const int IntOid = 23;
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly NpgsqlRawCopyStream stream;
    private readonly ArrayBufferWriter<byte> buffer = new(Full + Full / 4);
    private Utf8JsonWriter? json;
    private bool complete;

    private CopyRows(NpgsqlRawCopyStream stream)
    {
        this.stream = stream;
        buffer.Write("PGCOPY\n"u8);
        buffer.Write<byte>([0xff, (byte)'\r', (byte)'\n', 0]);
        Int(0); // flags
        Int(0); // no extension of the header
    }

    /// <param name="into">A table and its columns.</param>
    public static async Task<CopyRows> Begin(string into, NpgsqlConnection connection, CancellationToken ct) =>
        new(await connection.BeginRawBinaryCopyAsync($"copy {into} from stdin (format binary)", ct));

    /// <summary>Begins a row; as many values follow.</summary>
    public async ValueTask Row(int values, CancellationToken ct)
    {
        if (buffer.WrittenCount >= Full) await Flush(ct);
        Short((short)values);
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Int(length);
        Encoding.UTF8.GetBytes(text, Next(length));
    }

    /// <summary>UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        Int(text.Length);
        buffer.Write(text);
    }

    /// <summary>A view's document, written where it goes.</summary>
    /// <returns>Its bytes, until the next value is written.</returns>
    public ReadOnlySpan<byte> Json<TView>(TView view, JsonTypeInfo<TView> type)
    {
        json ??= new(buffer, new() { Encoder = type.Options.Encoder, SkipValidation = true });
        var before = BeginSized();
        json.Reset();
        JsonSerializer.Serialize(json, view, type);
        json.Flush();
        EndSized(before);
        return buffer.WrittenSpan[(before + 4)..];
    }

    public void Number(long? number)
    {
        Int(number is null ? -1 : 8);
        if (number is { } value) Long(value);
    }

    public void Id(int id)
    {
        Int(4);
        Int(id);
    }

    public void Flag(bool flag)
    {
        Int(1);
        Next(1)[0] = flag ? (byte)1 : (byte)0;
    }

    public void Time(DateTimeOffset time)
    {
        Int(8);
        Long(Microseconds(time));
    }

    public void Texts(IReadOnlyList<string> texts)
    {
        var before = BeginArray(TextOid, texts.Count);
        for (var i = 0; i < texts.Count; i++) Text(texts[i]);
        EndSized(before);
    }

    public void Ids(IReadOnlyList<int> ids)
    {
        var before = BeginArray(IntOid, ids.Count);
        for (var i = 0; i < ids.Count; i++) Id(ids[i]);
        EndSized(before);
    }

    /// <summary>A value of a type that only its writer knows, in PostgreSQL's own form.</summary>
    public void Value<T>(T value, Action<T, IBufferWriter<byte>> write)
    {
        var before = BeginSized();
        write(value, buffer);
        EndSized(before);
    }

    /// <summary>Ends the COPY. Without it nothing of it is there.</summary>
    public async Task Complete(CancellationToken ct)
    {
        Short(-1);
        await Flush(ct);
        complete = true;
        await stream.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!complete) await stream.CancelAsync();
        await stream.DisposeAsync();
        if (json is not null) await json.DisposeAsync();
    }

    private async ValueTask Flush(CancellationToken ct)
    {
        await stream.WriteAsync(buffer.WrittenMemory, ct);
        buffer.ResetWrittenCount();
    }

    private int BeginArray(int oid, int count)
    {
        var before = BeginSized();
        Int(count is 0 ? 0 : 1); // dimensions
        Int(0); // no nulls
        Int(oid);
        if (count is 0) return before;
        Int(count);
        Int(1); // the first index
        return before;
    }

    /// <summary>What is written from here on has its length before it.</summary>
    private int BeginSized()
    {
        var before = buffer.WrittenCount;
        Int(0);
        return before;
    }

    private void EndSized(int before)
    {
        if (!MemoryMarshal.TryGetArray(buffer.WrittenMemory, out var written))
            throw new InvalidOperationException("the buffer is an array");
        BinaryPrimitives.WriteInt32BigEndian(written.AsSpan(before), buffer.WrittenCount - before - 4);
    }

    private static long Microseconds(DateTimeOffset time) =>
        time == DateTimeOffset.MaxValue ? long.MaxValue // infinity
        : time == DateTimeOffset.MinValue ? long.MinValue
        : (time - Epoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private void Short(short value) => BinaryPrimitives.WriteInt16BigEndian(Next(2), value);

    private void Int(int value) => BinaryPrimitives.WriteInt32BigEndian(Next(4), value);

    private void Long(long value) => BinaryPrimitives.WriteInt64BigEndian(Next(8), value);

    private Span<byte> Next(int count)
    {
        var span = buffer.GetSpan(count)[..count];
        buffer.Advance(count);
        return span;
    }
}
