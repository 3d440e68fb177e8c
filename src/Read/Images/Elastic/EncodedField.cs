using System.Text.Json;

namespace Dlcs.Read.Images.Elastic;

/// <summary>A field as it is written into documents, its names encoded once. What is not there is left out.</summary>
internal sealed class EncodedField(FieldDefinition field)
{
    private readonly JsonEncodedText name = JsonEncodedText.Encode(field.Column);
    private readonly JsonEncodedText whole = JsonEncodedText.Encode(ElasticFields.Whole(field));

    public static IReadOnlyList<EncodedField> All { get; } = [.. ImageFields.All.Select(f => new EncodedField(f))];

    public void Write(Utf8JsonWriter json, ImageView view)
    {
        switch (field.Kind)
        {
            case FieldKind.Text: json.WriteString(name, field.Text(view)); break;
            case FieldKind.LongText: Long(json, field.Text(view)); break;
            case FieldKind.Texts: Texts(json, field.Texts(view)); break;
            case FieldKind.Ids: Ids(json, field.Ids(view)); break;
            case FieldKind.Flag: json.WriteBoolean(name, field.Number(view) is not 0); break;
            default:
                if (field.Number(view) is { } number) json.WriteNumber(name, number);
                break;
        }
    }

    private void Long(Utf8JsonWriter json, string text)
    {
        json.WriteString(name, ImageFields.Sorted(text));
        if (!ImageFields.IsShort(text)) json.WriteString(whole, text);
    }

    private void Texts(Utf8JsonWriter json, IReadOnlyList<string> texts)
    {
        if (texts is []) return;
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private void Ids(Utf8JsonWriter json, IReadOnlyList<int> ids)
    {
        if (ids is []) return;
        json.WriteStartArray(name);
        foreach (var id in ids) json.WriteNumberValue(id);
        json.WriteEndArray();
    }
}
