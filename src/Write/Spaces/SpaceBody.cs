using Dlcs.Kernel;
using Dlcs.Write.Bodies;
using FluentValidation;

namespace Dlcs.Write.Spaces;

/// <summary>A space as clients send it: as it is read, or what they want to say of it.</summary>
public sealed record SpaceBody(
    Given<int> Id, Given<string> Name, Given<IReadOnlyList<string>> DefaultTags,
    Given<IReadOnlyList<string>> DefaultRoles, Given<int> MaxUnauthorised) : IBody<SpaceBody>
{
    public static SpaceBody Read(Fields fields) => new(
        fields.Small("id"), fields.Text("name"), fields.Texts("defaultTags"), fields.Texts("defaultRoles"),
        fields.Small("maxUnauthorised"));

    /// <summary>A body may repeat which space it is; it must not name another than the URL.</summary>
    /// <returns>What is wrong; <c>null</c> for nothing.</returns>
    public string? Fault(SpaceId id) => Id.Or(0) == 0 || Id.Value == id.Space
        ? null : $"id must be {id.Space}, as in the URL, or be left out";
}

/// <summary>What holds for a space however it is sent.</summary>
public class SpaceValidator : AbstractValidator<SpaceBody>
{
    public SpaceValidator()
    {
        RuleFor(x => x.DefaultTags).Check(Checks.Few(100, 100));
        RuleFor(x => x.DefaultRoles).Check(Checks.Few(50, 300));
        RuleFor(x => x.MaxUnauthorised).Check(Checks.Between(-1, int.MaxValue));
    }
}

public sealed class CreateSpaceValidator : SpaceValidator
{
    public CreateSpaceValidator() => RuleFor(x => x.Name).Require(Checks.Name(200));
}

public sealed class ChangeSpaceValidator : SpaceValidator
{
    public ChangeSpaceValidator() => RuleFor(x => x.Name).Check(Checks.Name(200));
}
