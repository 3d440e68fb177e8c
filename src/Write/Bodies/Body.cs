using System.Reflection;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Write.Bodies;

/// <summary>A body that is read from the fields of a JSON object.</summary>
public interface IBody<TSelf> where TSelf : class, IBody<TSelf>
{
    static abstract TSelf Read(Fields fields);
}

/// <summary>What comes in with a request, and may have to be refused before it is looked at.</summary>
public interface IRefusable
{
    IResult? Refusal { get; }
}

/// <summary>A body of the right shape, or all that is wrong with it.</summary>
public sealed record Body<TBody, TValidator>(TBody? Read, IResult? Refusal)
    : IRefusable, IBindableFromHttpContext<Body<TBody, TValidator>>
    where TBody : class, IBody<TBody> where TValidator : AbstractValidator<TBody>
{
    /// <exception cref="InvalidOperationException">It is refused.</exception>
    public TBody Value => Read ?? throw new InvalidOperationException("the body is refused");

    static async ValueTask<Body<TBody, TValidator>?> IBindableFromHttpContext<Body<TBody, TValidator>>.BindAsync(
        HttpContext http, ParameterInfo parameter)
    {
        var services = http.RequestServices;
        var json = await JsonBody.Read(http, services.GetRequiredService<WriteSettings>().BodyBytes);
        if (json.Refusal is { } no) return new Body<TBody, TValidator>(null, no);

        var fields = new Fields(json.Root);
        var body = TBody.Read(fields);
        var faults = services.GetRequiredService<TValidator>().Faults(body, fields);
        return faults is []
            ? new Body<TBody, TValidator>(body, null)
            : new(null, Answers.Invalid([.. faults.Select(f => f.ToString())]));
    }
}

/// <summary>Stands before every command: what must be refused never gets to it.</summary>
internal static class Refusing
{
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
            if (argument is IRefusable { Refusal: { } no })
                return no;
        return await next(context);
    }
}
