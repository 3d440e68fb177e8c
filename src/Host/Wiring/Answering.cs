using System.Globalization;
using Dlcs.Kernel.Events;
using Dlcs.Read;
using Dlcs.Read.Api;
using Dlcs.Read.Batches;
using Dlcs.Read.Customers;
using Dlcs.Read.Images;
using Dlcs.Read.NamedQueries;
using Dlcs.Read.Projecting;
using Dlcs.Read.Spaces;
using Dlcs.Write;

namespace Dlcs.Host.Wiring;

/// <summary>
/// Answers a command with what the next query would show: waits until the views have seen it, then lets Read render
/// it. What no view shows in time is folded from its stream, and said to be so (<c>Dlcs-Visible: false</c>).
/// </summary>
public sealed class Answering(ReadApi read, Progress progress, IEventStore log)
{
    /// <summary>How long a command waits for the views.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<IResult> Show(HttpContext http, Shown what, int status, Position? position)
    {
        var (visible, waived) = (true, Caller.WaitsForNothing(http.Request));
        if (position is { } p)
        {
            http.Response.Headers["Dlcs-Position"] = p.Value.ToString(CultureInfo.InvariantCulture);
            visible = !waived
                && await progress.Reached(p, Patience, http.RequestAborted, Views(what));
        }
        if (!visible) http.Response.Headers["Dlcs-Visible"] = "false";
        if (waived) http.Response.Headers["Preference-Applied"] = "respond-async";
        if (status is StatusCodes.Status201Created && Location(what, read.Urls(http)) is { } location)
            http.Response.Headers.Location = location;

        return await Render(what, status, visible ? null : position, http);
    }

    /// <param name="unseen">Where the decision stands when no view shows it.</param>
    private async Task<IResult> Render(Shown what, int status, Position? unseen, HttpContext http)
    {
        var ct = http.RequestAborted;
        return what switch
        {
            Shown.Nothing => Results.StatusCode(status),
            Shown.Customer c =>
                await CustomerQueries.Show(
                    c.Id, status, read, http, await Decided<CustomerView>(unseen, StreamName.Customer(c.Id), ct)),
            Shown.Space s => await SpaceQueries.Show(
                s.Id, status, read, http, await Decided<SpaceView>(unseen, s.Id.Stream, ct)),
            Shown.Image i =>
                await ImageQueries.Show(i.Id, status, read, http, await Decided<ImageView>(unseen, i.Id.Stream, ct)),
            Shown.Batch b => await BatchQueries.Show(
                b.Owner, b.Id, status, read, http, await Decided<BatchView>(unseen, StreamName.Batch(b.Id), ct)),
            Shown.NamedQuery q => await NamedQueryQueries.Show(
                q.Owner, q.Id, status, read, http, await Decided<NamedQueryView>(unseen, ct)),
            Shown.Rendered r => Results.Json(r.Body, statusCode: status),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, message: null),
        };
    }

    /// <summary>Those that show what the command changed; none named: all of them may.</summary>
    private static string[] Views(Shown what) => what switch
    {
        Shown.Customer => ["customers"],
        Shown.Space => ["spaces", "space_names"],
        Shown.NamedQuery => ["named_queries"],
        Shown.Rendered => ["keys"],
        _ => [],
    };

    private static string? Location(Shown what, Urls urls) => what switch
    {
        Shown.Customer c => urls.Customer(c.Id),
        Shown.Space s => urls.Space(s.Id),
        Shown.Image i => urls.Image(i.Id),
        Shown.Batch b => urls.Batch(b.Owner, b.Id),
        Shown.NamedQuery q => urls.NamedQuery(q.Owner, q.Id),
        _ => null,
    };

    /// <summary>The aggregate whose event stands at that position, folded from its stream.</summary>
    private async Task<TView?> Decided<TView>(Position? unseen, CancellationToken ct) where TView : class, IView<TView>
    {
        if (unseen is not { } position) return null;
        return await log.ReadAt(position, ct) is { } entry
            ? await Decided<TView>(unseen, entry.Recorded.Stream, ct) : null;
    }

    /// <summary>Folded from its stream, as far as one stream tells.</summary>
    private async Task<TView?> Decided<TView>(Position? unseen, StreamName stream, CancellationToken ct)
        where TView : class, IView<TView>
    {
        TView? view = null;
        if (unseen is null) return view;
        await foreach (var recorded in log.Read(stream, ct))
            if (TView.Keys(recorded) is [var key, ..]) view = TView.Evolve(key, view, recorded);
        return view;
    }
}
