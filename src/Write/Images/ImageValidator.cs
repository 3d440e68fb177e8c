using System.Text.RegularExpressions;
using Dlcs.Write.Bodies;
using FluentValidation;

namespace Dlcs.Write.Images;

/// <summary>What holds for an image however it is sent.</summary>
public partial class ImageValidator : AbstractValidator<ImageBody>
{
    private const string Images = "image/";

    /// <summary>Types without regard to case (RFC 9110, section 8.3.1).</summary>
    private static readonly HashSet<string> Others =
        new(StringComparer.OrdinalIgnoreCase) { "application/pdf", "application/octet-stream" };

    public ImageValidator(WriteSettings settings)
    {
        RuleFor(x => x.Family).Check(family =>
            family is "" or "I" ? null : $"{family} is not supported yet: only I, images, is");
        RuleFor(x => x.Origin).Check(Origins.Fault);
        RuleFor(x => x.MediaType).Check(type =>
            type is "" || IsImage(type) || Others.Contains(type)
                ? null : "must be image/…, application/pdf or application/octet-stream");
        RuleFor(x => x.DeliveryChannels).Check(Channels.Fault);
        RuleFor(x => x.String1).Check(Checks.AtMost(1000));
        RuleFor(x => x.String2).Check(Checks.AtMost(1000));
        RuleFor(x => x.String3).Check(Checks.AtMost(1000));
        RuleFor(x => x.Tags).Check(Checks.Few(100, 100));
        RuleFor(x => x.Roles).Check(Checks.Few(50, 300));
        RuleFor(x => x.Manifests).Check(Checks.Few(100, 300));
        RuleFor(x => x.MaxUnauthorised).Check(Checks.Between(-1, int.MaxValue));
        RuleFor(x => x.MaxWidth).Check(edge => edge == 0 || (edge >= 256 && edge <= settings.LongestEdge)
            ? null : $"must be 0, or from 256 to {settings.LongestEdge}");
        RuleFor(x => x.OpenFullMax).Check(Checks.Between(0, settings.LongestEdge));
    }

    private static bool IsImage(string type) =>
        type.StartsWith(Images, StringComparison.OrdinalIgnoreCase) && Subtype().IsMatch(type[Images.Length..]);

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9.+_-]{0,99}\z")]
    private static partial Regex Subtype();
}

/// <summary>Of one image: whether it needs an origin, the decision knows.</summary>
public class PutImageValidator : ImageValidator
{
    public PutImageValidator(WriteSettings settings) : base(settings)
    {
        RuleFor(x => x).Custom((body, context) =>
        {
            if (body.Origin.HasValue && body.File.HasValue)
                context.AddFailure("file", "cannot be sent beside an origin");
        });
        RuleFor(x => x.ImageOptimisationPolicy).Custom((policy, context) =>
            Legacy(policy, context, ["fast-higher", "default"]));
        RuleFor(x => x.ThumbnailPolicy).Custom((policy, context) => Legacy(policy, context, ["default"]));
    }

    /// <summary>Policies of old; channels took their place.</summary>
    private static void Legacy(Given<string> policy, ValidationContext<ImageBody> context, string[] known)
    {
        if (policy.Or("") is "") return;
        if (!context.InstanceToValidate.IsLegacy)
            context.AddFailure("cannot be sent with mediaType or deliveryChannels, which took its place");
        else if (!known.Contains(ChannelBody.Last(policy.Value)))
            context.AddFailure($"is unknown: use {string.Join(", ", known)}, or deliveryChannels");
    }
}

/// <summary>Of a batch's member, which brings all that it is made of.</summary>
public sealed class RegisterImageValidator : PutImageValidator
{
    public RegisterImageValidator(WriteSettings settings) : base(settings) => RuleFor(x => x).Custom((body, context) =>
    {
        if (!body.Origin.HasValue && !body.File.HasValue) context.AddFailure("origin", "is missing");
    });
}

public sealed class DescribeImageValidator : ImageValidator
{
    public DescribeImageValidator(WriteSettings settings) : base(settings)
    {
        RuleFor(x => x.File).Check(_ => "is taken by PUT and POST only");
        RuleFor(x => x.ImageOptimisationPolicy).Check(Legacy);
        RuleFor(x => x.ThumbnailPolicy).Check(Legacy);
    }

    private static string? Legacy(string policy) => policy is "" ? null : "cannot be changed: use deliveryChannels";
}
