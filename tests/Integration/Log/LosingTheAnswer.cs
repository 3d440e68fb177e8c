using Dlcs.Kernel.Events;
using Dlcs.Kernel.Events.Marten;

namespace Dlcs.Integration.Log;

/// <summary>The connection is lost just when an append is committed: whether it was, nobody said.</summary>
public sealed class LosingTheAnswer(MartenServer server) : IClassFixture<MartenServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<int, bool> Cases => new() { { 1, true }, { 1, false }, { 2, true }, { 2, false } };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task an_append_is_there_once_and_answered(int times, bool committed)
    {
        await using var line = new LossyLine(server.ConnectionString);
        await using var log = new MartenEventStore(line.ConnectionString, new());
        await log.Append(Appends.One(), Ct);
        var append = Appends.One();

        line.Lose(committed ? LossyLine.Loss.AnswerToCommit : LossyLine.Loss.Commit, times);
        var position = await log.Append(append, Ct);

        line.Losses.ShouldBeLessThan(times);
        await IsThereOnce(log, append, position);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task many_appends_are_each_there_once_and_answered(int times, bool committed)
    {
        await using var line = new LossyLine(server.ConnectionString);
        await using var log = new MartenEventStore(line.ConnectionString, new());
        var taken = Appends.One();
        await log.Append(taken, Ct);
        var appends = Enumerable.Range(0, 20).Select(_ => Appends.One())
            .Append(Appends.One() with { Stream = taken.Stream }).ToList();

        line.Lose(committed ? LossyLine.Loss.AnswerToCommit : LossyLine.Loss.Commit, times);
        var positions = await log.AppendMany(appends, Ct);

        positions[^1].ShouldBeNull();
        foreach (var (append, position) in appends.Zip(positions).SkipLast(1))
            await IsThereOnce(log, append, position.ShouldNotBeNull());
    }

    [Fact]
    public async Task one_who_came_in_between_has_won()
    {
        await using var line = new LossyLine(server.ConnectionString);
        await using var log = new MartenEventStore(line.ConnectionString, new());
        await using var direct = server.Open("dlcs");
        await log.Append(Appends.One(), Ct);
        var (append, other) = (Appends.One(), Appends.One());

        line.Lose(LossyLine.Loss.Commit, times: 1000);
        var appending = log.Append(append, Ct);
        while (line.Losses is 1000) await Task.Delay(1, Ct);
        await direct.Append(other with { Stream = append.Stream }, Ct);
        line.Lose(LossyLine.Loss.Commit, times: 0);

        await Should.ThrowAsync<RevisionConflictException>(appending);
        (await log.Read(append.Stream, Ct).CountAsync(Ct)).ShouldBe(1);
    }

    private static async Task IsThereOnce(MartenEventStore log, Append append, Position position)
    {
        (await log.Read(append.Stream, Ct).ToListAsync(Ct)).Select(r => r.Id).ShouldBe([append.EventId(0)]);
        (await log.ReadAt(position, Ct)).ShouldNotBeNull().Recorded.Id.ShouldBe(append.EventId(0));
    }
}
