using System.Text.Json;

namespace Dlcs.Read.Images.Elastic;

/// <summary>Which images, as the engine reads it. Only <see cref="ElasticFields"/> names are written.</summary>
internal static class ImageSearch
{
    /// <summary>The images that are selected, whatever page is asked for.</summary>
    /// <param name="part">Of them, what lies there.</param>
    public static void Where(Utf8JsonWriter json, ImageQuery query, FieldRange? part = null)
    {
        json.WriteStartObject("query");
        Filter.All(json, filters =>
        {
            Filter.Term(filters, "customer", ElasticDocument.Id(query.Customer));
            foreach (var criterion in query.Where) Must(filters, criterion);
            foreach (var range in query.Ranges) Between(filters, range);
            if (part is not null) Between(filters, part);
            foreach (var term in query.Text?.Terms ?? []) WordSearch.Must(filters, term);
            if (query.Ready) Filter.Term(filters, "ready", true);
            if (query.AsOf is { } from) Filter.Range(filters, "from_pos", null, from.Value);
        }, query.AsOf is { } to ? over => Filter.Range(over, "to_pos", null, to.Value) : null);
        json.WriteEndObject();
    }

    private static void Must(Utf8JsonWriter json, Criterion criterion)
    {
        var field = ImageFields.Of(criterion.Field);
        if (criterion.All && field.IsList)
            foreach (var value in criterion.Values) Have(json, field, [value]);
        else if (criterion.Values is [])
            Filter.None(json);
        else
            Have(json, field, criterion.Values);
    }

    private static void Have(Utf8JsonWriter json, FieldDefinition field, IReadOnlyList<FieldValue> values)
    {
        switch (field.Kind)
        {
            case FieldKind.Flag:
                if (values.Select(v => v.Number is not 0).Distinct().ToList() is [var one])
                    Filter.Term(json, field.Column, one);
                break;
            case FieldKind.LongText:
                LongText(json, field, [.. values.Select(v => v.Text ?? "")]);
                break;
            case FieldKind.Text or FieldKind.Texts:
                Filter.Any(json, field.Column, [.. values.Select(v => v.Text ?? "")]);
                break;
            default:
                Filter.Any(json, field.Column, [.. values.Select(v => v.Number)]);
                break;
        }
    }

    private static void LongText(Utf8JsonWriter json, FieldDefinition field, IReadOnlyList<string> texts)
    {
        string[] shorts = [.. texts.Where(ImageFields.IsShort)], longs = [.. texts.Except(shorts)];
        if (longs is []) Filter.Any(json, field.Column, shorts);
        else if (shorts is []) Filter.Any(json, ElasticFields.Whole(field), longs);
        else Filter.Either(json, either =>
        {
            Filter.Any(either, field.Column, shorts);
            Filter.Any(either, ElasticFields.Whole(field), longs);
        });
    }

    private static void Between(Utf8JsonWriter json, FieldRange range)
    {
        var field = ImageFields.Of(range.Field);
        if (field.IsText || field.IsList)
            throw new ArgumentException($"there is no range of {range.Field}", nameof(range));
        Filter.Range(json, field.Column, range.From?.Number, range.To?.Number);
    }
}
