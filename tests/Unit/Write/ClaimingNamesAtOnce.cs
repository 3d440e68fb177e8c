using Dlcs.Kernel.Events;
using Dlcs.Write.Claims;
using Dlcs.Write.Spaces;
using static Dlcs.Unit.Write.Acting;
using Customers = Dlcs.Write.Customers;

namespace Dlcs.Unit.Write;

/// <summary>Two commands, every order of their steps; and one that is killed at any of its steps.</summary>
public sealed class ClaimingNamesAtOnce
{
    [Fact]
    public Task two_spaces_cannot_have_one_name() => InEveryOrder(
        _ => Task.CompletedTask,
        store => CreateSpace(store, "Maps", 1), store => CreateSpace(store, "maps", 2),
        (first, second) => new[] { first, second }.Order().ShouldBe([201, 409]));

    [Fact]
    public Task two_spaces_that_are_offered_one_number_both_get_one() => InEveryOrder(
        _ => Task.CompletedTask,
        store => CreateSpace(store, "Maps", 1), store => CreateSpace(store, "Letters", 1, 2),
        (first, second) => new[] { first, second }.ShouldBe([201, 201]));

    [Fact]
    public Task two_who_put_one_space_both_have_it() => InEveryOrder(
        _ => Task.CompletedTask,
        store => PutSpace(store, 7, "Maps"), store => PutSpace(store, 7, "Maps"),
        (first, second) => new[] { first, second }.ShouldBeSubsetOf([200, 201]));

    [Fact]
    public Task a_new_space_and_a_renamed_one_cannot_have_one_name() => InEveryOrder(
        store => CreateSpace(store, "Letters", 1),
        store => RenameSpace(store, 1, "Maps"), store => CreateSpace(store, "Maps", 2),
        (first, second) => (first, second).ShouldBeOneOf((200, 409), (409, 201)));

    [Fact]
    public Task two_who_rename_one_space_come_one_after_the_other() => InEveryOrder(
        store => CreateSpace(store, "Letters", 1),
        store => RenameSpace(store, 1, "Maps"), store => RenameSpace(store, 1, "Music"),
        (first, second) => (first, second).ShouldBe((200, 200)));

    [Fact]
    public Task two_spaces_cannot_swap_into_one_name() => InEveryOrder(
        async store =>
        {
            await CreateSpace(store, "Maps", 1);
            await CreateSpace(store, "Letters", 2);
        },
        store => RenameSpace(store, 1, "Letters"), store => RenameSpace(store, 2, "Maps"),
        (first, second) => new[] { first, second }.ShouldContain(409));

    [Fact]
    public Task the_name_of_a_deleted_space_is_free() => InEveryOrder(
        store => CreateSpace(store, "Maps", 1),
        (store, log) => DeleteSpace(store, log, 1), store => CreateSpace(store, "Maps", 2),
        (first, second) => (first, second).ShouldBeOneOf((204, 201), (204, 409)));

    [Fact]
    public Task a_space_keeps_one_name_while_it_is_renamed_and_deleted() => InEveryOrder(
        store => CreateSpace(store, "Maps", 1),
        (store, log) => DeleteSpace(store, log, 1), store => RenameSpace(store, 1, "Letters"),
        (first, second) => (first, second).ShouldBeOneOf((204, 200), (204, 404)));

    [Fact]
    public Task two_customers_cannot_have_one_name() => InEveryOrder(
        _ => Task.CompletedTask,
        store => CreateCustomer(store, "anna", "Archive", 2), store => CreateCustomer(store, "Anna", "Library", 3),
        (first, second) => new[] { first, second }.Order().ShouldBe([201, 409]));

    [Fact]
    public Task two_customers_cannot_have_one_display_name() => InEveryOrder(
        _ => Task.CompletedTask,
        store => CreateCustomer(store, "anna", "Library", 2), store => CreateCustomer(store, "emil", "LIBRARY", 2, 3),
        (first, second) => new[] { first, second }.Order().ShouldBe([201, 409]));

    [Fact]
    public Task a_display_name_that_comes_free_goes_to_one() => InEveryOrder(
        store => CreateCustomer(store, "anna", "Library", 2),
        store => RenameCustomer(store, 2, "Archive"), store => CreateCustomer(store, "emil", "Library", 3),
        (first, second) => (first, second).ShouldBeOneOf((200, 201), (200, 409)));

    [Fact]
    public Task a_bid_that_lost_one_name_is_not_completed_by_who_meets_the_other() =>
        Interleaving.InManyOrders(800, async log =>
        {
            await CreateCustomer(log, "anna", "Library", 2);
            return new(
                () =>
                {
                    Check(log);
                    return Task.CompletedTask;
                },
                store => CreateCustomer(store, "emil", "Library", 3),
                store => RenameCustomer(store, 2, "Archive"),
                store => CreateCustomer(store, "Emil", "Museum", 4));
        });

    [Theory]
    [InlineData("create")]
    [InlineData("put")]
    [InlineData("rename")]
    [InlineData("customer")]
    [InlineData("rename customer")]
    public async Task what_a_killed_process_left_hinders_nobody(string act)
    {
        var wasKilled = true;
        for (var step = 0; wasKilled; step++)
        {
            var log = new InMemoryLog();
            await CreateSpace(log, "Letters", 1);
            await CreateCustomer(log, "anna", "Archive", 2);
            wasKilled = await Killed.Before(step, log, store => Act(act, store, "Maps", 2, 3));
            Check(log, allowing: 1);

            await Act(act, log, "Music", 4, 5);
            var other = await Act(act, log, "Maps", 6, 7);
            other.ShouldBeOneOf(200, 201, 409);
            if (other == 409) Bearers(log).Select(b => b.Name).ShouldContain("Maps"); // it was completed
            Check(log);
        }
    }

    private static Task<int> Act(string act, IEventStore store, string name, params int[] ids) => act switch
    {
        "create" => CreateSpace(store, name, ids),
        "put" => PutSpace(store, ids[0], name),
        "rename" => RenameSpace(store, 1, name),
        "customer" => CreateCustomer(store, name, name + " & Co.", [.. ids.Select(i => i + 1)]),
        _ => RenameCustomer(store, 2, name),
    };

    private static Task InEveryOrder(
        Func<IEventStore, Task> given, Func<IEventStore, Task<int>> first, Func<IEventStore, Task<int>> second,
        Action<int, int> then) => InEveryOrder(given, (store, _) => first(store), second, then);

    private static Task InEveryOrder(
        Func<IEventStore, Task> given, Func<IEventStore, InMemoryLog, Task<int>> first,
        Func<IEventStore, Task<int>> second, Action<int, int> then) => Interleaving.InEveryOrder(async log =>
        {
            await given(log);
            var (one, other) = (0, 0);
            return new(
                async store => one = await first(store, log), async store => other = await second(store),
                () =>
                {
                    then(one, other);
                    Check(log);
                    return Task.CompletedTask;
                });
        });

    /// <summary>No name is borne twice, and each is held by the claim of its bearer.</summary>
    /// <param name="allowing">Claims that may be half done.</param>
    private static void Check(InMemoryLog log, int allowing = 0)
    {
        var bearers = Bearers(log);
        bearers.Select(b => b.Stream).ShouldBeUnique();
        foreach (var bearer in bearers) ClaimOn(log, bearer.Stream).Holder.ShouldBe(bearer.Claim, bearer.Name);

        if (allowing == 0) return;
        log.All.Select(r => r.Stream).Distinct().Where(s => s.Category.Contains("name", StringComparison.Ordinal))
            .Count(s => ClaimOn(log, s).Holder is not null).ShouldBeLessThanOrEqualTo(bearers.Count + (2 * allowing));
    }

    private static Claim ClaimOn(InMemoryLog log, StreamName stream) =>
        log.All.Where(r => r.Stream == stream).Aggregate(Claim.Initial, Claim.Evolve);

    private static List<(StreamName Stream, Guid Claim, string Name)> Bearers(InMemoryLog log)
    {
        var owners = log.All.GroupBy(r => r.Stream).ToList();
        var spaces = owners.Where(o => o.Key.Category == "space").Select(o => o.Aggregate(Space.Initial, Space.Evolve))
            .Where(s => s.Exists).Select(s => (StreamName.SpaceName(s.Id.Customer, s.Name), s.Claim, s.Name));
        var customers = owners.Where(o => o.Key.Category == "customer")
            .Select(o => o.Aggregate(Customers.Customer.Initial, Customers.Customer.Evolve)).ToList();
        return
        [
            .. spaces,
            .. customers.Select(c => (StreamName.CustomerName(c.Name), c.NameClaim, c.Name)),
            .. customers.Select(c => (StreamName.CustomerDisplayName(c.DisplayName), c.DisplayClaim, c.DisplayName)),
        ];
    }
}
