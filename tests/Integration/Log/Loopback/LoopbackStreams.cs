using System.Threading.Channels;
using EventStoreDb.Wire;
using Grpc.Core;

namespace Dlcs.Integration.Log.Loopback;

/// <summary>The service <c>Streams</c>.</summary>
internal sealed class LoopbackStreams(LoopbackServer server) : Streams.StreamsBase
{
    public override async Task Read(ReadReq request, IServerStreamWriter<ReadResp> answers, ServerCallContext context)
    {
        await server.Admit(context);
        await new Reads(server.Log, server.Options).Answer(
            request.Options, server.Options.Chatters ? new Chatter(answers) : answers, context.CancellationToken);
    }

    public override async Task<AppendResp> Append(IAsyncStreamReader<AppendReq> requests, ServerCallContext context)
    {
        await server.Admit(context);
        if (!await requests.MoveNext() || requests.Current.Options is not { } options) throw Refusals.BadCombination();
        var events = new List<ProposedMessage>();
        while (await requests.MoveNext()) events.Add(Checked(requests.Current.ProposedMessage));

        if (!server.Options.SaysWhatBecameOfAppends) return new();
        var name = Spelling.Read(options.StreamIdentifier);
        var appended = server.Losing(context, () => server.Log.Append(name, Expectations.Of(options), events));
        return Results.Append(appended, options, name);
    }

    public override async Task<DeleteResp> Delete(DeleteReq request, ServerCallContext context) =>
        new() { Position = await Delete(request.Options, forever: false, context) };

    public override async Task<TombstoneResp> Tombstone(TombstoneReq request, ServerCallContext context) =>
        new() { Position = await Delete(request.Options, forever: true, context) };

    public override async Task BatchAppend(
        IAsyncStreamReader<BatchAppendReq> requests, IServerStreamWriter<BatchAppendResp> answers,
        ServerCallContext context)
    {
        await server.Admit(context);
        if (!server.Options.KnowsBatches) throw Refusals.Of(StatusCode.Unimplemented, "Method is unimplemented.");
        var done = Channel.CreateUnbounded<BatchAppendResp>();
        var answering = AnswerInAnyOrder(
            server.Options.BatchesAreAnswered, done.Reader, answers, context.CancellationToken);
        var open = new Dictionary<Guid, (BatchAppendReq.Types.Options Options, List<ProposedMessage> Events)>();
        while (await requests.MoveNext(context.CancellationToken))
        {
            var (request, id) = (requests.Current, Spelling.Read(requests.Current.CorrelationId));
            if (request.Options is not null) open[id] = (request.Options, []);
            open[id].Events.AddRange(request.ProposedMessages.Select(Checked));
            if (!request.IsFinal) continue;

            open.Remove(id, out var whole);
            if (!server.Options.SaysWhatBecameOfAppends)
            {
                done.Writer.TryWrite(new() { CorrelationId = request.CorrelationId });
                continue;
            }
            var name = Spelling.Read(whole.Options.StreamIdentifier);
            var appended = server.Losing(
                context, () => server.Log.Append(name, Expectations.Of(whole.Options), whole.Events));
            done.Writer.TryWrite(Results.Batch(appended, request.CorrelationId, whole.Options));
        }
        done.Writer.Complete();
        await answering;
    }

    private static async Task AnswerInAnyOrder(
        Task from, ChannelReader<BatchAppendResp> done, IServerStreamWriter<BatchAppendResp> answers,
        CancellationToken ct)
    {
        await from.WaitAsync(ct);
        while (await done.WaitToReadAsync(ct))
        {
            var some = new List<BatchAppendResp>();
            while (some.Count < 16 && done.TryRead(out var answer)) some.Add(answer);
            some.Reverse();
            foreach (var answer in some) await answers.WriteAsync(answer, ct);
        }
    }

    private async Task<LogPosition> Delete(DeleteReq.Types.Options options, bool forever, ServerCallContext context)
    {
        await server.Admit(context);
        var name = Spelling.Read(options.StreamIdentifier);
        return Results.Delete(server.Log.Delete(name, Expectations.Of(options), forever), options, name);
    }

    private static ProposedMessage Checked(ProposedMessage e) =>
        e.Metadata.ContainsKey("type") && e.Metadata.ContainsKey("content-type") ? e : throw Refusals.MissingMetadata();
}
