using System.Text.Json;

namespace Dlcs.Read.Images.Elastic;

/// <summary>Which images, as the engine reads it. Only <see cref="ElasticFields"/> names are written.</summary>
internal static class ImageSearch
{
    /// <summary>The images that are selected, whatever page is asked for.</summary>
    public static void Where(Utf8JsonWriter json, ImageQuery query)
    {
        json.WriteStartObject("query");
        Filter.All(json, filters =>
        {
            Filter.Term(filters, "customer", ElasticDocument.Id(query.Customer));
            foreach (var criterion in query.Where) Must(filters, criterion);
            foreach (var range in query.Ranges) Between(filters, range);
            foreach (var term in query.Text?.Terms ?? []) WordSearch.Must(filters, term);
            if (query.Ready) Filter.Term(filters, "ready", true);
            if (query.AsOf is { } from) Filter.Range(filters, "from_pos", null, from.Value);
        }, query.AsOf is { } to ? over => Filter.Range(over, "to_pos", null, to.Value) : null);
        json.WriteEndObject();
    }

    private static void Must(Utf8JsonWriter json, Criterion criterion)
    {
        if (criterion.All && ImageFields.IsList(criterion.Field))
            foreach (var value in criterion.Values) Have(json, criterion.Field, [value]);
        else if (criterion.Values is [])
            Filter.None(json);
        else
            Have(json, criterion.Field, criterion.Values);
    }

    private static void Have(Utf8JsonWriter json, ImageField field, IReadOnlyList<FieldValue> values)
    {
        var name = ImageFields.Name(field);
        if (field is ImageField.Ingesting)
        {
            if (values.Select(v => v.Number is not 0).Distinct().ToList() is [var one]) Filter.Term(json, name, one);
        }
        else if (ElasticFields.IsText(field))
        {
            if (values is [var one]) Filter.Term(json, name, one.Text ?? "");
            else Filter.Any(json, name, values.Select(v => v.Text ?? ""));
        }
        else
        {
            if (values is [var one]) Filter.Term(json, name, one.Number);
            else Filter.Any(json, name, values.Select(v => v.Number));
        }
    }

    private static void Between(Utf8JsonWriter json, FieldRange range)
    {
        if (ElasticFields.IsText(range.Field))
            throw new ArgumentException($"there is no range of {range.Field}", nameof(range));
        Filter.Range(json, ImageFields.Name(range.Field), range.From?.Number, range.To?.Number);
    }
}
