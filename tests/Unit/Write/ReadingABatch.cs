using System.Text.Json;
using Dlcs.Kernel;
using Dlcs.Write.Batches;
using Dlcs.Write.Bodies;
using Dlcs.Write.Images;
using Dlcs.Write.Spaces;

namespace Dlcs.Unit.Write;

public sealed class ReadingABatch
{
    private const string Rest = "\"origin\":\"https://example.org/1r.tif\"";

    private static readonly Dictionary<SpaceId, Space> Spaces = new()
    {
        [new(2, 5)] = Space.Initial with { Status = SpaceStatus.Open },
        [new(2, 6)] = Space.Initial with { Status = SpaceStatus.Closing },
        [new(2, 7)] = Space.Initial,
    };

    private static IReadOnlyList<Member> Read(params string[] members)
    {
        using var uploads = new Uploads(Path.GetTempPath(), new(1, 1, 1));
        return [.. members.Select((json, i) =>
        {
            using var document = JsonDocument.Parse(json);
            return Member.Read(2, i, document.RootElement, uploads, new RegisterImageValidator(new()));
        })];
    }

    private static IReadOnlyList<string> FaultsOf(params string[] members) => SubmitBatch.Faults(Read(members), Spaces);

    [Theory]
    [InlineData("""{"id":"x1","space":5}""", "2/5/x1")]
    [InlineData("""{"id":"2/5/x1"}""", "2/5/x1")]
    [InlineData("""{"id":"2/5/x1","space":5}""", "2/5/x1")]
    [InlineData("""{"id":"2/5/a/b"}""", "2/5/a/b")]
    [InlineData("""{"id":"1892/03/p1","space":5}""", "2/5/1892/03/p1")]
    [InlineData("""{"modelId":"x1","space":5,"id":null}""", "2/5/x1")]
    [InlineData("""{"@id":"https://api.test/customers/2/spaces/5/images/a%2Fb"}""", "2/5/a/b")]
    [InlineData("""{"@id":"https://api.test/customers/2/spaces/5/images/x1","id":"x1","space":5}""", "2/5/x1")]
    public void knows_an_image_by_any_of_its_names(string member, string id)
    {
        var read = Read(member[..^1] + "," + Rest + "}").ShouldHaveSingleItem();

        read.Faults.ShouldBeEmpty();
        read.Id.ToString().ShouldBe(id);
    }

    [Theory]
    [InlineData("""{"space":5}""", "member[0]: id is missing")]
    [InlineData("""{"id":"x1"}""", "member[0] 'x1': space is missing")]
    [InlineData("""{"id":"x1","space":"5"}""", "member[0] 'x1': space must be a number, not a string")]
    [InlineData("""{"id":"x1","space":-1}""", "member[0] 'x1': space must not be negative")]
    [InlineData("""{"id":"3/5/x1"}""", "member[0] '3/5/x1': id names an image of customer 3")]
    [InlineData("""{"id":"3/5/x1","space":5}""", "member[0] '3/5/x1': id names an image of customer 3")]
    [InlineData("""{"id":"2/6/x1","space":5}""", "member[0] '2/6/x1': id names an image of space 6, and space says 5")]
    [InlineData("""{"id":"x\u0007","space":5}""", "member[0] 'x\u0007': id must not hold control characters")]
    [InlineData(
        """{"id":"x1","space":5,"@id":"https://api.test/customers/2/spaces/5/images/x2"}""",
        "member[0] 'x1': @id is the URL of another image")]
    [InlineData("""{"id":"x1","space":6}""", "member[0] 'x1': space 6 is being deleted")]
    [InlineData("""{"id":"x1","space":7}""", "member[0] 'x1': there is no space 7")]
    [InlineData("""{"id":"x1","space":5,"file":"0"}""", "member[0] 'x1': file must be named file")]
    public void says_of_which_member_it_speaks(string member, string fault) =>
        FaultsOf(member.Contains("file", StringComparison.Ordinal) ? member : member[..^1] + "," + Rest + "}")
            .ShouldBe([fault]);

    [Fact]
    public void tells_every_fault_of_every_member() => FaultsOf(
            $$"""{"id":"x1","space":5,{{Rest}}}""",
            """{"id":"x2","space":7,"origin":"x","number1":"1"}""",
            "5",
            $$"""{"id":"2/5/x1",{{Rest}}}""")
        .ShouldBe(
        [
            "member[1] 'x2': number1 must be a number, not a string",
            "member[1] 'x2': origin must be an absolute URL, such as https://example.org/folio-1r.tif",
            "member[1] 'x2': there is no space 7",
            "member[2] must be an object",
            "member[0] 'x1' and member[3] '2/5/x1' are the same image, 2/5/x1",
        ]);

    [Theory]
    [InlineData("""{"member":[1]}""", null)]
    [InlineData("""{"@type":"Collection","member":[1]}""", null)]
    [InlineData("""{"@type":"hydra:Collection","member":[1,2],"view":null}""", null)]
    [InlineData("""{"@Type":"Collection","Member":[1]}""", null)]
    [InlineData("""{}""", "member is missing")]
    [InlineData("""{"member":null}""", "member is missing")]
    [InlineData("""{"member":{}}""", "member must be a list, not an object")]
    [InlineData("""{"member":[]}""", "member must not be empty")]
    [InlineData("""{"member":[1],"Member":[2]}""", "Member is sent twice")]
    [InlineData("""{"@type":"vocab:Image","member":[1]}""", "@type must be Collection")]
    [InlineData("""{"member":[1],"View":{"page":1}}""", "view must be left out: a batch is one page")]
    [InlineData("""{"member":[1,2,3]}""", "a batch holds at most 2 members, and this one has 3", 413)]
    public void takes_an_unpaged_collection_up_to_a_limit(string body, string? fault, int status = 400)
    {
        using var document = JsonDocument.Parse(body);

        var (members, refusal) = BatchBody.MembersOf(document.RootElement, most: 2);

        if (fault is null) members.ShouldNotBeEmpty();
        var problem = (refusal as Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult)?.ProblemDetails;
        new[] { problem?.Detail }.OfType<string>().ToList().ShouldBeOne(fault);
        (problem?.Status ?? status).ShouldBe(status);
    }
}
