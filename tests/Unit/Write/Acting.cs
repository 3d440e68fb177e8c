using Dlcs.Kernel;
using Dlcs.Kernel.Events;
using Dlcs.Write;
using Dlcs.Write.Customers;
using Dlcs.Write.Images;
using Dlcs.Write.Spaces;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Unit.Write;

/// <summary>Commands as the endpoints run them, each answered with its status.</summary>
internal static class Acting
{
    public const int Customer = 2;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Caller Caller() => new(
        Recording.By("key-1", Recording.Began), Customer, Administrator: true, RespondAsync: true, "https://api.test");

    public static SpaceBody Named(string name) => new(default, name, default, default, default);

    public static Task<int> CreateSpace(IEventStore store, string name, params int[] hints) => Status(
        CreateSpaceEndpoint.Post(
            Customer, new(Named(name), null), new DefaultHttpContext(), Caller(), store, Hints(hints), Show, Ct));

    public static Task<int> PutSpace(IEventStore store, int space, string name) => Status(
        PutSpaceEndpoint.Put(
            Customer, space, new(Named(name), null), new DefaultHttpContext(), Caller(), store, Show, Ct));

    public static Task<int> RenameSpace(IEventStore store, int space, string name) => Status(
        ChangeSpaceEndpoint.Patch(
            Customer, space, new(Named(name), null), new DefaultHttpContext(), Caller(), store, Show, Ct));

    /// <summary>Asks the log itself whether the space is empty.</summary>
    public static Task<int> DeleteSpace(IEventStore store, InMemoryLog log, int space) => Status(
        DeleteSpaceEndpoint.Delete(
            Customer, space, new DefaultHttpContext(), Caller(), store, (id, _, _) => IsEmpty(store, log, id), Show,
            Ct));

    public static Task<int> CreateCustomer(
        IEventStore store, string name, string displayName, params int[] hints) => Status(
        CreateCustomerEndpoint.Post(
            new(new CustomerBody(name, displayName), null), new DefaultHttpContext(), Caller(), store, Hints(hints),
            Show, Ct));

    public static Task<int> RenameCustomer(IEventStore store, int customer, string displayName) => Status(
        RenameCustomerEndpoint.Patch(
            customer, new(new RenameCustomerBody(displayName), null), new DefaultHttpContext(), Caller(), store, Show,
            Ct));

    /// <summary>As PUT of an image does, without its body.</summary>
    public static async Task<int> Register(IEventStore store, ImageId id)
    {
        var (home, _) = await store.Fold<Space>(id.Space.Stream, Ct);
        if (Space.Refuses(id.Space, home) is { } no) return no.Kind is RejectionKind.NotFound ? 404 : 409;

        var caller = Caller();
        var command = new RegisterImage(Images.Described(id), caller.Metadata.Command, Lane.Immediate);
        await store.Decide<Image>(id.Stream, caller.Metadata, image => RegisterImage.Decide(command, image), Ct);
        await store.KeepOpen([id.Space], caller.Metadata, Ct);
        return 201;
    }

    /// <summary>Each id once, then the numbers behind the last.</summary>
    public static NextIdHint Hints(params int[] hints)
    {
        var next = new Queue<int>(hints);
        var last = 0;
        return (_, _, _) => Task.FromResult(last = next.TryDequeue(out var hint) ? hint : last + 1);
    }

    private static Task<IResult> Show(HttpContext http, Shown what, int status, Position? position) =>
        Task.FromResult(Results.StatusCode(status));

    private static async Task<int> Status(Task<IResult> result) =>
        (await result).ShouldBeAssignableTo<IStatusCodeHttpResult>()!.StatusCode!.Value;

    private static async Task<bool> IsEmpty(IEventStore store, InMemoryLog log, SpaceId id)
    {
        await store.ReadMany([], Ct); // a step of its own: others may come in between
        return log.All.Select(r => r.Event).OfType<IImageEvent>().Where(e => e.Id.Space == id)
            .GroupBy(e => e.Id).All(image => image.Last() is ImageDeleted);
    }
}
