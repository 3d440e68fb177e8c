using Dlcs.Kernel.Events;
using Dlcs.Write.Batches;
using Dlcs.Write.Images;

namespace Dlcs.Unit.Write;

public sealed class CompletingABatch
{
    private const int Number = 7;
    private readonly InMemoryLog log = new();

    private static IReadOnlyList<ImageDescription> Members(int count) => [.. Enumerable.Range(0, count)
        .Select(i => Images.Described(Images.Id with { Name = $"x{i}" }))];

    private static Task<(int Batch, Position Last)> Submit(IEventStore store, int count, params int[] hints) =>
        SubmitBatch.Run(
            store, new(Acting.Customer, Members(count), Priority: false), Acting.Hints(hints is [] ? [Number] : hints),
            Acting.Caller().Metadata, Acting.Ct);

    private static async Task<InMemoryLog> WithSpace()
    {
        var log = new InMemoryLog();
        await Acting.PutSpace(log, Images.Id.Space.Space, "Maps");
        return log;
    }

    [Fact]
    public async Task registers_each_member_once()
    {
        await Submit(log, 5);

        Check(log, 5);
    }

    [Fact]
    public async Task follows_from_the_event_that_submitted_it()
    {
        await Submit(log, 2);

        var submitted = log.All.Single(r => r.Event is BatchSubmitted);
        log.All.Where(r => r.Event is ImageRegistered).ShouldAllBe(r => r.Metadata.Causation == submitted.Id);
    }

    [Fact]
    public async Task takes_the_next_number_when_one_is_taken()
    {
        await Submit(log, 1, 7);

        (await Submit(log, 1, 7, 8)).Batch.ShouldBe(8);
    }

    [Fact]
    public async Task again_appends_nothing()
    {
        await Submit(log, 5);
        var before = log.All.Count;

        (await CompleteBatch.Run(log, Number, Recording.Began, Acting.Ct)).ShouldBeNull();

        log.All.Count.ShouldBe(before);
    }

    [Fact]
    public async Task that_was_never_submitted_does_nothing()
    {
        IEvent added = new BatchMembersAdded(Number, 2, Members(1));
        await log.Append(new(StreamName.Batch(Number), -1, [added], Acting.Caller().Metadata), Acting.Ct);

        (await CompleteBatch.Run(log, Number, Recording.Began, Acting.Ct)).ShouldBeNull();

        log.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task after_a_kill_at_any_step_registers_what_is_missing()
    {
        for (var step = 0; ; step++)
        {
            var survivor = await WithSpace();
            var wasKilled = await Killed.Before(step, survivor, store => Submit(store, 3));
            await CompleteBatch.Run(survivor, Number, Recording.Began, Acting.Ct);

            Check(survivor, survivor.Stream(StreamName.Batch(Number)) is [] ? 0 : 3);
            if (!wasKilled) break;
        }
    }

    [Fact]
    public async Task after_a_kill_among_the_members_registers_the_others()
    {
        await Submit(log, 3);
        var half = await Without(member: 1);

        await CompleteBatch.Run(half, Number, Recording.Began, Acting.Ct);

        Check(half, 3);
    }

    [Fact]
    public Task by_two_at_once_registers_each_member_once() => Interleaving.InEveryOrder(async shared =>
    {
        await Acting.PutSpace(shared, Images.Id.Space.Space, "Maps");
        return new(
            store => Submit(store, 3),
            store => CompleteBatch.Run(store, Number, Recording.Began, Acting.Ct),
            () =>
            {
                Check(shared, 3);
                return Task.CompletedTask;
            });
    });

    [Fact]
    public Task beside_one_who_registers_a_member_alone_loses_neither() => Interleaving.InEveryOrder(async shared =>
    {
        var member = Images.Id with { Name = "x1" };
        await Acting.PutSpace(shared, Images.Id.Space.Space, "Maps");
        return new(
            store => Submit(store, 3),
            store => Acting.Register(store, member),
            () =>
            {
                Check(shared, 3);
                var both = shared.Stream(member.Stream).Cast<ImageRegistered>().ToList();
                both.Count.ShouldBe(2);
                both[1].Before.ShouldNotBeNull().Batch.ShouldBe(both[0].Batch);
                return Task.CompletedTask;
            });
    });

    [Fact]
    public async Task leaves_a_member_that_was_deleted_since()
    {
        await Submit(log, 1);
        var id = Images.Id with { Name = "x0" };
        await log.Decide<Image>(id.Stream, Acting.Caller().Metadata, i => DeleteImage.Decide(new(id), i), Acting.Ct);

        await CompleteBatch.Run(log, Number, Recording.Began, Acting.Ct);

        log.Stream(id.Stream)[^1].ShouldBeOfType<ImageDeleted>();
    }

    private async Task<InMemoryLog> Without(int member)
    {
        var half = new InMemoryLog();
        foreach (var (e, _, stream, revision, metadata) in log.All)
            if (e is not ImageRegistered registered || registered.Member != member)
                await half.Append(new(stream, revision - 1, [e], metadata, First: (int)revision), Acting.Ct);
        return half;
    }

    private static void Check(InMemoryLog log, int members) =>
        log.All.Select(r => r.Event).OfType<ImageRegistered>().Where(e => e.Batch == Number)
            .Select(e => (e.Id.Name, e.Member)).Order()
            .ShouldBe(Enumerable.Range(0, members).Select(i => ($"x{i}", (int?)i)));
}
