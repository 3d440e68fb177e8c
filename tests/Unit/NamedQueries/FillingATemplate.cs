using Dlcs.Iiif.NamedQueries;
using Dlcs.Kernel.Events;
using Dlcs.Read.Images;

namespace Dlcs.Unit.NamedQueries;

public sealed class FillingATemplate
{
    [Theory]
    [InlineData("space=p1", "10", "Space=10")]
    [InlineData("space=5", "", "Space=5")]
    [InlineData("space=p1&#=10", "", "Space=10")]
    [InlineData("batch=p1&#=10", "", "Batches=10")]
    [InlineData("manifest=p1&#=foo-bar", "", "Manifests=foo-bar")]
    [InlineData("spacename=p1", "10", "spacename=10")]
    [InlineData("spacename=p1&space=p2", "maps/7", "Space=7")]
    [InlineData("spacename=p1&space=p2", "maps", "spacename=maps")]
    [InlineData("canvas=n2&s1=p1&n1=p2&space=p3&#=1", "string-1/40", "String1=string-1 Number1=40 Space=1 by Number2")]
    [InlineData("sequence=n1&canvas=n2&s1=p1&n1=p2&space=p3&#=1", "string-1/40/10/100",
        "String1=string-1 Number1=40 Space=10 by Number2")]
    [InlineData("n3=&canvas=n2&=10&s1=p1&n1=p2&space=p3&#=1", "string-1/40",
        "String1=string-1 Number1=40 Space=1 by Number2")]
    [InlineData("canvas=n2&s1=p1&n1=p2&batch=p3&manifest=p4&space=p5&#=1", "string-1/40/10,20,30/foo,bar",
        "String1=string-1 Number1=40 Batches=10,20,30 Manifests=foo,bar Space=1 by Number2")]
    [InlineData("s1=p1&space=p2", "1", "String1=1")]
    [InlineData("canvas=n2&s1=p1&n1=p2", "autumn-1985/2", "String1=autumn-1985 Number1=2 by Number2")]
    [InlineData("canvas=n1&s1=p1&#=my-string", "", "String1=my-string by Number1")]
    [InlineData("space=p1&s1=p2&#=1", "10", "Space=10 String1=1")]
    [InlineData("s1=p&s2=q", "", "String1=p String2=q")]
    [InlineData("S1=p1&Space=p2&s1=x", "a/b", "String1=x")]
    [InlineData("s1=a&s1=b", "", "String1=b")]
    [InlineData("s1=a=b&s2=c", "", "String2=c")]
    [InlineData("n1=p1&n2=p2", "9223372036854775807/-3", "Number1=9223372036854775807 Number2=-3")]
    [InlineData("s1=p1&s2=p2", "a", "String1=a")]
    [InlineData("batch=p1", ",", "")]
    [InlineData("manifest=s1&sequence=n1&canvas=n2&s1=p1&n1=p2&space=p3&#=1", "string-1/40",
        "String1=string-1 Number1=40 Space=1 by Number2")] // as written in 2016
    [InlineData("manifest=n3&s1=p1", "x", "String1=x")]
    [InlineData("manifest=s4&s1=p1", "x", "Manifests=s4 String1=x")]
    [InlineData("manifest=s1,s2", "", "Manifests=s1,s2")]
    [InlineData("manifest=p1", "s1", "Manifests=s1")]
    [InlineData("pages", "1", "")]
    [InlineData("sequence=page&roles=p9&s1=p1", "x", "String1=x")]
    public void selects(string template, string arguments, string selection) =>
        Describe(With(template, arguments).ShouldBeOfType<Selection.Images>()).ShouldBe(selection);

    [Theory]
    [InlineData("n1", "by Number1")]
    [InlineData("n1;n2 desc;s3+asc", "by Number1,-Number2,String3")]
    [InlineData("n3 DESC;s1+Desc", "by -Number3,-String1")]
    [InlineData("n1 down", "by Number1")]
    [InlineData("width;n2;created desc", "by Number2")]
    [InlineData("n1;n1 desc", "by Number1")]
    [InlineData("page", "")]
    [InlineData(";;", "")]
    public void orders_by(string order, string description)
    {
        Describe((Selection.Images)With($"canvas={order}", "")).ShouldBe(description);
        Describe((Selection.Images)With($"assetOrder={order}", "")).ShouldBe(description);
    }

    [Theory]
    [InlineData("space=p1&s1=p2", "", "'space' is argument 1")]
    [InlineData("space=p1x", "1", "'space=p1x'")]
    [InlineData("space=param", "1", "'space=param'")]
    [InlineData("s2=p0", "1", "'s2=p0'")]
    [InlineData("s1=p-1", "1", "'s1=p-1'")]
    [InlineData("s1=p99999999999", "1", "'s1=p99999999999'")]
    [InlineData("n1=p1", "not-an-int", "'n1' takes a whole number, and got 'not-an-int'")]
    [InlineData("n1=p1", "9223372036854775808", "'n1'")]
    [InlineData("n1=p1", "1.0", "'n1'")]
    [InlineData("batch=p1", "1|2|3", "'batch' takes whole numbers")]
    [InlineData("batch=p1", "1,x", "'batch'")]
    [InlineData("space=maps", "", "'space'")]
    [InlineData("space=p1", "2147483648", "'space'")]
    [InlineData("", "1", "empty")]
    [InlineData("  ", "", "empty")]
    public void faults_naming_the_parameter(string template, string arguments, string says) =>
        With(template, arguments).ShouldBeOfType<Selection.Fault>().Sentence.ShouldContain(says);

    [Theory]
    [InlineData("n1=p1&n2=p2&objectname=file.pdf", "1/2", "file.pdf", null)]
    [InlineData("s1=p1&objectname=file_{s1}.pdf", "foo-bar", "file_foo-bar.pdf", null)]
    [InlineData("coverpage=https://{s3}&objectname={s3}_{n1}.pdf&n1=p1&s3=p2&#=foo", "10", "foo_10.pdf", "https://foo")]
    [InlineData("coverpage=https://{s3}&objectname={s3}_{n1}.pdf&s3=foo", "", "foo_.pdf", "https://foo")]
    [InlineData("objectname=page.pdf", "", "page.pdf", null)]
    [InlineData("s1=x", "", "Untitled", null)]
    public void names_the_pdf(string template, string arguments, string name, string? cover)
    {
        var pdf = With(template, arguments).ShouldBeOfType<Selection.Images>().Pdf;

        pdf.ObjectName.ShouldBe(name);
        pdf.CoverPage.ShouldBe(cover);
        pdf.RedactedMessage.ShouldBe("Unable to display page");
    }

    [Fact]
    public void says_what_stands_on_redacted_pages() =>
        ((Selection.Images)With("s1=x&redactedmessage=please ask", "")).Pdf.RedactedMessage.ShouldBe("please ask");

    [Fact]
    public void asks_the_index_for_images_that_can_be_served()
    {
        var selection = (Selection.Images)With("canvas=n1&spacename=p1&s1=p2", "maps/x");

        var query = selection.Query(2, 5, new Position(9));

        (query.Customer, query.Ready, query.AsOf).ShouldBe((2, true, new Position(9)));
        query.Where.Select(Describe).ShouldBe(["String1=x", "Space=5"]);
        query.OrderBy.ShouldBe([new Order(ImageField.Number1)]);
    }

    private static Selection With(string template, string arguments) =>
        Template.Parse(template).With(arguments.Split('/', StringSplitOptions.RemoveEmptyEntries));

    private static string Describe(Selection.Images selection)
    {
        IEnumerable<string> order = selection.OrderBy is []
            ? [] : ["by " + string.Join(',', selection.OrderBy.Select(o => (o.Descending ? "-" : "") + o.Field))];
        IEnumerable<string> space = selection.SpaceName is { } name ? [$"spacename={name}"] : [];
        return string.Join(' ', [.. selection.Where.Select(Describe), .. space, .. order]);
    }

    private static string Describe(Criterion criterion)
    {
        criterion.All.ShouldBeFalse();
        return $"{criterion.Field}={string.Join(',', criterion.Values.Select(v => v.Text ?? $"{v.Number}"))}";
    }
}
