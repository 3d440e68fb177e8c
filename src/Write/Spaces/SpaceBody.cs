using Dlcs.Write.Bodies;
using FluentValidation;

namespace Dlcs.Write.Spaces;

/// <summary>A space as clients send it.</summary>
public sealed record SpaceBody(
    Given<string> Name, Given<IReadOnlyList<string>> DefaultTags, Given<IReadOnlyList<string>> DefaultRoles,
    Given<int> MaxUnauthorised) : IBody<SpaceBody>
{
    public static SpaceBody Read(Fields fields)
    {
        fields.RefuseAny("is set by the platform and cannot be sent", "created");
        return new(
            fields.Text("name"), fields.Texts("defaultTags"), fields.Texts("defaultRoles"),
            fields.Small("maxUnauthorised"));
    }
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

public sealed class PutSpaceValidator : SpaceValidator
{
    public PutSpaceValidator() => RuleFor(x => x.Name).Require(Checks.Name(200));
}

public sealed class PatchSpaceValidator : SpaceValidator
{
    public PatchSpaceValidator() => RuleFor(x => x.Name).Check(Checks.Name(200));
}
