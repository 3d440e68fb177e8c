using System.Text.Json;
using Dlcs.Write.Bodies;
using FluentValidation;

namespace Dlcs.Unit.Write;

/// <summary>What is told of a body.</summary>
internal static class Faults
{
    public static IReadOnlyList<string> Of<TBody>(IValidator<TBody> validator, string json)
        where TBody : class, IBody<TBody>
    {
        using var document = JsonDocument.Parse(json);
        var fields = new Fields(document.RootElement);
        return [.. validator.Faults(TBody.Read(fields), fields).Select(f => f.ToString())];
    }

    /// <summary>A body without fault.</summary>
    public static TBody None<TBody>(string json) where TBody : class, IBody<TBody>
    {
        using var document = JsonDocument.Parse(json);
        var fields = new Fields(document.RootElement);
        var body = TBody.Read(fields);
        fields.Faults.ShouldBeEmpty();
        return body;
    }

    /// <param name="start">What the only fault begins with; <c>null</c>: there is none.</param>
    public static void ShouldBeOne(this IReadOnlyList<string> faults, string? start)
    {
        if (start is null) faults.ShouldBeEmpty();
        else faults.ShouldHaveSingleItem().ShouldStartWith(start);
    }
}
