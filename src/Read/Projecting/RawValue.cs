using System.Buffers;

namespace Dlcs.Read.Projecting;

/// <summary>The value of a column whose type Npgsql does not write.</summary>
/// <param name="Text">As PostgreSQL reads it in a statement.</param>
/// <param name="Binary">As PostgreSQL receives it in a binary COPY.</param>
internal sealed record RawValue(Func<string> Text, Action<IBufferWriter<byte>> Binary);
