using NpgsqlTypes;

namespace Dlcs.Read.Images.Postgres;

/// <summary>How a field's values are written to PostgreSQL.</summary>
/// <param name="Type">Of one value, also where the column is a list.</param>
/// <param name="Nothing">What stands where there is no value, as SQL; <c>null</c>: there always is one.</param>
internal sealed record FieldColumn(string Name, NpgsqlDbType Type, string? Nothing)
{
    public static FieldColumn Of(ImageField field)
    {
        var definition = ImageFields.Of(field);
        return definition.Kind switch
        {
            FieldKind.Number => new(definition.Column, NpgsqlDbType.Bigint, null),
            FieldKind.Id or FieldKind.Ids => new(
                definition.Column, NpgsqlDbType.Integer,
                definition.MayLack ? FormattableString.Invariant($"{ImageColumns.NoBatch}") : null),
            FieldKind.Time => new(
                definition.Column, NpgsqlDbType.TimestampTz, definition.MayLack ? "'infinity'" : null),
            FieldKind.Flag => new(definition.Column, NpgsqlDbType.Boolean, null),
            _ => new(definition.Column, NpgsqlDbType.Text, "''"),
        };
    }

    /// <summary>One value; of a number that no column can hold, the nearest that none has.</summary>
    public object Value(FieldValue value) => Type switch
    {
        NpgsqlDbType.Integer => (int)Math.Clamp(value.Number, -1, ImageColumns.NoBatch),
        NpgsqlDbType.Bigint => value.Number,
        NpgsqlDbType.Boolean => value.Number is not 0,
        NpgsqlDbType.TimestampTz => Time(value.Number),
        _ => value.Text ?? "",
    };

    /// <summary>The least value that a column can hold and that is not below: times are kept in microseconds.</summary>
    public object AtLeast(FieldValue value) => Type is not NpgsqlDbType.TimestampTz ? Value(value)
        : Time(Math.Min(value.Number, DateTimeOffset.MaxValue.UtcTicks) + TimeSpan.TicksPerMicrosecond - 1);

    /// <summary>What one of the values must be equal to.</summary>
    public Array Array(IReadOnlyList<FieldValue> values) => Type switch
    {
        NpgsqlDbType.Integer => Of<int>(values, v => Nothing is not null && v == ImageColumns.NoBatch ? -1 : v),
        NpgsqlDbType.Bigint => Of<long>(values),
        NpgsqlDbType.Boolean => Of<bool>(values),
        NpgsqlDbType.TimestampTz => Of<DateTimeOffset>(values),
        _ => Of<string>(values),
    };

    private T[] Of<T>(IReadOnlyList<FieldValue> values, Func<T, T>? map = null) =>
        [.. values.Select(v => (T)Value(v)).Select(v => map is null ? v : map(v))];

    private static DateTimeOffset Time(long ticks) => new(
        Math.Clamp(ticks, DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
}
