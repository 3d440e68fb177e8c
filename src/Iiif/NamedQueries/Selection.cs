using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Iiif.NamedQueries;

/// <summary>What a template comes to with its arguments.</summary>
public abstract record Selection
{
    private Selection() { }

    /// <param name="Where">All must hold; empty: every image of the customer.</param>
    /// <param name="SpaceName">To be resolved; only where no space is given by id.</param>
    public sealed record Images(
        IReadOnlyList<Criterion> Where, string? SpaceName, IReadOnlyList<Order> OrderBy, PdfTexts Pdf) : Selection
    {
        /// <summary>The query for the image index, over images that can be served.</summary>
        /// <param name="space">What <see cref="SpaceName"/> means; not read where there is none.</param>
        public ImageQuery Query(int customer, int space, Position? asOf) => new(
            customer, SpaceName is null ? Where : [.. Where, new Criterion(ImageField.Space, (long)space)], OrderBy,
            Ready: true, asOf);
    }

    /// <param name="Sentence">What is wrong, with the parameter's name.</param>
    public sealed record Fault(string Sentence) : Selection;
}

/// <summary>What a template says of the PDF made from its images.</summary>
/// <param name="ObjectName">The file's name.</param>
/// <param name="CoverPage">Where the first page is found.</param>
/// <param name="RedactedMessage">Stands on the pages that not everyone may see.</param>
public sealed record PdfTexts(
    string ObjectName = "Untitled", string? CoverPage = null, string RedactedMessage = "Unable to display page");
