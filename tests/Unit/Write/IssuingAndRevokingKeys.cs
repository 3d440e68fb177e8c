using Dlcs.Kernel.Events;
using Dlcs.Write.Customers;
using Dlcs.Write.Keys;

namespace Dlcs.Unit.Write;

public sealed class IssuingAndRevokingKeys : Specification<Customer>
{
    private static readonly CustomerCreated Created = new(2, Guid.Empty, "anna", "Library");
    private static readonly KeyIssued First = new(2, Images.First, "hash");
    private static readonly KeyIssued Second = new(2, Images.Second, "hash");

    private static Decision Issue(Customer customer) =>
        IssueKey.Decide(new IssueKey(2, Images.First, "secret"), customer);

    private static Decision Revoke(Customer customer) => RevokeKey.Decide(new RevokeKey(2, Images.First), customer);

    [Fact]
    public void issues_one_and_keeps_only_the_hash_of_its_secret() =>
        Given(Created).When(Issue).Appends(new KeyIssued(2, Images.First, Secret.Hash("secret")));

    [Fact]
    public void issues_none_to_nobody() => Given().When(Issue).IsRejected(RejectionKind.NotFound);

    [Fact]
    public void issues_no_more_than_a_hundred()
    {
        var issued = Enumerable.Range(0, IssueKey.Most).Select(i => First with { Key = NamedGuid.Of(default, $"{i}") });

        Given([Created, .. issued]).When(Issue).IsRejected(RejectionKind.Conflict);
    }

    [Fact]
    public void revokes_one() => Given(Created, First).When(Revoke).Appends(new KeyRevoked(2, Images.First));

    [Fact]
    public void revokes_in_silence_what_is_not_there() => Given(Created, Second).When(Revoke).AppendsNothing();

    [Fact]
    public void leaves_an_administrator_the_last() =>
        Given(Created with { Administrator = true }, First).When(Revoke).IsRejected(RejectionKind.Invalid);

    [Fact]
    public void takes_an_administrator_the_one_before_the_last() =>
        Given(Created with { Administrator = true }, First, Second)
            .When(Revoke).Appends(new KeyRevoked(2, Images.First));

    [Fact]
    public void knows_a_secret_by_its_hash()
    {
        var secret = Secret.Random();

        Secret.Matches(secret, Secret.Hash(secret)).ShouldBeTrue();
        Secret.Matches(secret + "0", Secret.Hash(secret)).ShouldBeFalse();
        Secret.Random().ShouldNotBe(secret);
        Secret.Hash("abc").ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-4
    }
}
