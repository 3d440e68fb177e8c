using Npgsql;

namespace Dlcs.Kernel.Events.Marten;

/// <summary>The text of columns as UTF-8, in buffers that are used again for the next row.</summary>
internal sealed class ColumnBytes
{
    private byte[] data = new byte[4096];
    private byte[] metadata = new byte[1024];

    /// <summary>How many bytes went through.</summary>
    public long Read { get; private set; }

    public ReadOnlySpan<byte> Data(NpgsqlDataReader row, int column) => Fill(ref data, row, column);

    public ReadOnlySpan<byte> Metadata(NpgsqlDataReader row, int column) => Fill(ref metadata, row, column);

    private ReadOnlySpan<byte> Fill(ref byte[] buffer, NpgsqlDataReader row, int column)
    {
        var length = (int)row.GetBytes(column, 0, null, 0, 0);
        if (length > buffer.Length) buffer = new byte[Math.Max(length, buffer.Length * 2)];
        row.GetBytes(column, 0, buffer, 0, length);
        Read += length;
        return buffer.AsSpan(0, length);
    }
}
