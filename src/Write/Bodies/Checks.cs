using System.Text.Json;
using FluentValidation;

namespace Dlcs.Write.Bodies;

/// <summary>How validators here say what is wrong: with a reason, which goes on where the field's name ends.</summary>
public static class Checks
{
    extension<TBody>(IValidator<TBody> validator)
    {
        /// <summary>All that is wrong; of a field with the wrong type, only that.</summary>
        public IReadOnlyList<Fault> Faults(TBody body, Fields fields)
        {
            var rules = validator.Validate(body).Errors
                .Select(e => new Fault(JsonNamingPolicy.CamelCase.ConvertName(e.PropertyName), e.ErrorMessage))
                .Where(fault => !fields.Faults.Any(f => f.Field.Split('[')[0] == fault.Field));
            return [.. fields.Faults, .. rules];
        }
    }

    extension<TBody, T>(IRuleBuilderInitial<TBody, Given<T>> rule) where T : notnull
    {
        /// <summary>Asks for what is wrong with the value, where there is one.</summary>
        public void Check(Func<T, string?> fault) => rule.Custom((given, context) =>
        {
            if (given.HasValue && fault(given.Value) is { } reason) context.AddFailure(reason);
        });

        public void Require(Func<T, string?> fault) => rule.Custom((given, context) =>
        {
            var reason = given.HasValue ? fault(given.Value) : "is missing";
            if (reason is not null) context.AddFailure(reason);
        });
    }

    public static Func<string, string?> AtMost(int length) =>
        text => text.Length > length ? $"must be at most {length} characters" : null;

    /// <summary>A list of short texts, none of them blank.</summary>
    public static Func<IReadOnlyList<string>, string?> Few(int count, int length) => texts =>
        texts.Count > count ? $"must hold at most {count} items"
        : texts.Any(t => t.Length > length) ? $"must hold items of at most {length} characters"
        : texts.Any(string.IsNullOrWhiteSpace) ? "must not hold blank items"
        : null;

    public static Func<int, string?> Between(int least, int most) =>
        n => n < least || n > most ? $"must be from {least} to {most}" : null;

    /// <summary>A name that a person gives.</summary>
    public static Func<string, string?> Name(int length) => name =>
        string.IsNullOrWhiteSpace(name) ? "must not be blank"
        : name.Length > length ? $"must be at most {length} characters"
        : name.Any(char.IsControl) ? "must not hold control characters"
        : name.Contains('\uFFFE', StringComparison.Ordinal) ? "must not hold U+FFFE, which is no character"
        : null;
}
