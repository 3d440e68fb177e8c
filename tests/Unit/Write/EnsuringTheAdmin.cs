using Dlcs.Kernel.Events;
using Dlcs.Write.Customers;
using Dlcs.Write.Keys;

namespace Dlcs.Unit.Write;

public sealed class EnsuringTheAdmin
{
    private static readonly StreamName Stream = StreamName.Customer(1);
    private readonly InMemoryLog log = new();

    private static Task<EnsuredAdmin> Ensure(IEventStore store, Guid? key = null, string? secret = null) =>
        EnsureAdmin.Run(store, new EnsureAdmin(key, secret), Recording.Began, Acting.Ct);

    [Fact]
    public async Task makes_an_administrator_with_a_random_key()
    {
        var key = await Ensure(log);

        log.Stream(Stream)[0].ShouldBeOfType<CustomerCreated>().Administrator.ShouldBeTrue();
        var issued = log.Stream(Stream)[1].ShouldBeOfType<KeyIssued>();
        issued.Key.ShouldBe(key.Key);
        Secret.Matches(key.Secret.ShouldNotBeNull(), issued.SecretHash).ShouldBeTrue();
    }

    [Fact]
    public async Task again_changes_nothing_and_shows_no_secret()
    {
        var first = await Ensure(log);

        (await Ensure(log)).ShouldBe(new EnsuredAdmin(first.Key, Secret: null, Position: null));
        log.Stream(Stream).Count.ShouldBe(2);
    }

    [Fact]
    public async Task takes_the_key_that_is_given()
    {
        await Ensure(log);
        await Ensure(log, Images.First, "a secret of mine");
        var again = await Ensure(log, Images.First, "a secret of mine");

        again.ShouldBe(new EnsuredAdmin(Images.First, Secret: null, Position: null));
        var issued = log.Stream(Stream)[2].ShouldBeOfType<KeyIssued>();
        (issued.Key, issued.SecretHash).ShouldBe((Images.First, Secret.Hash("a secret of mine")));
    }

    [Fact]
    public async Task leaves_a_given_key_revoked_that_was()
    {
        await Ensure(log, Images.First, "a secret of mine");
        IEvent[] replaced = [new KeyIssued(1, Images.Second, "hash"), new KeyRevoked(1, Images.First)];
        await log.Append(new(Stream, 1, replaced, Acting.Caller().Metadata), Acting.Ct);

        (await Ensure(log, Images.First, "a secret of mine")).Position.ShouldBeNull();

        (await log.Fold<Customer>(Stream, Acting.Ct)).State.Keys.Keys.ShouldBe([Images.Second]);
    }

    [Fact]
    public async Task gives_another_secret_to_a_key_that_was_issued_again()
    {
        await Ensure(log, Images.First, "a secret of mine");
        IEvent[] again = [new KeyRevoked(1, Images.First), new KeyIssued(1, Images.First, "hash")];
        await log.Append(new(Stream, 1, again, Acting.Caller().Metadata), Acting.Ct);

        (await Ensure(log, Images.First, "another secret of mine")).Position.ShouldNotBeNull();
    }

    [Fact]
    public async Task gives_the_key_another_secret_when_another_is_given()
    {
        await Ensure(log, Images.First, "a secret of mine");
        await Ensure(log, Images.First, "another secret of mine");

        var (admin, _) = await log.Fold<Customer>(Stream, Acting.Ct);
        admin.Keys.ShouldHaveSingleItem().Value.ShouldBe(Secret.Hash("another secret of mine"));
    }

    [Fact]
    public Task in_many_processes_at_once_makes_one() => Interleaving.InEveryOrder(shared =>
    {
        List<EnsuredAdmin> keys = [];
        return Task.FromResult(new Interleaving.World(
            async store => keys.Add(await Ensure(store)),
            async store => keys.Add(await Ensure(store)),
            () =>
            {
                shared.Stream(Stream).OfType<CustomerCreated>().Count().ShouldBe(1);
                keys.Count(k => k.Secret is not null).ShouldBe(1);
                keys.Select(k => k.Key).Distinct().Count().ShouldBe(1);
                return Task.CompletedTask;
            }));
    });

    [Fact]
    public async Task after_a_kill_goes_on()
    {
        var wasKilled = true;
        for (var step = 0; wasKilled; step++)
        {
            var survivor = new InMemoryLog();
            wasKilled = await Killed.Before(step, survivor, store => Ensure(store));
            await Ensure(survivor);

            var (admin, _) = await survivor.Fold<Customer>(Stream, Acting.Ct);
            (admin.Exists, admin.Keys.Count).ShouldBe((true, 1), $"killed before step {step}");
        }
    }

    [Theory]
    [InlineData("too short")]
    [InlineData(null)]
    public Task refuses_half_a_key_and_a_short_secret(string? secret) =>
        Should.ThrowAsync<ArgumentException>(() => Ensure(log, Images.First, secret));
}
