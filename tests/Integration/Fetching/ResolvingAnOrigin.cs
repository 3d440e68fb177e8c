using System.Collections.Concurrent;
using System.Net;
using Dlcs.Processing.Fetching;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Fetching;

/// <summary>Names whose answers change, or mix what may be reached with what may not.</summary>
public sealed class ResolvingAnOrigin
{
    /// <summary>Stands for an address that is public: it is the only one on loopback that may be reached.</summary>
    private static readonly IPAddress Open = IPAddress.Parse("127.0.0.2");

    private static readonly IPAddress Closed = IPAddress.Loopback;

    private static readonly FetchSettings Public = Origin.Patient with
    {
        AllowPrivateAddresses = false,
        PrivateNetworks = [new(Open, 32)],
    };

    private readonly ConcurrentQueue<IPAddress> reached = new();
    private int asked;

    [Fact]
    public async Task asks_once_and_connects_to_what_was_judged()
    {
        await using var origin = await Start();

        (await Fetch(origin, Names([Open], [Closed]), "rebinding.example")).Bytes.ShouldBe(7);

        asked.ShouldBe(1);
        reached.ShouldBe([Open]);
    }

    [Fact]
    public async Task judges_again_what_is_resolved_again()
    {
        await using var other = await Start();
        await using var origin = await Start(sendsTo: $"http://rebinding.example:{other.Url().Port}/");

        var failure = await Failure(origin, Names([Open], [Closed]), "rebinding.example");

        failure.Failure.ShouldBe(FetchFailure.Address);
        asked.ShouldBe(2);
        reached.ShouldBe([Open]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task of_several_addresses_connects_to_those_that_are_public(bool redirected)
    {
        await using var mixed = await Start();
        await using var origin = await Start(sendsTo: $"http://mixed.example:{mixed.Url().Port}/");
        var settings = Names([Closed, Open, IPAddress.Parse("::ffff:127.0.0.1")]);

        var fetched = redirected
            ? await Fetch(origin, settings, $"{Open}") : await Fetch(mixed, settings, "mixed.example");

        fetched.Bytes.ShouldBe(7);
        reached.ShouldAllBe(address => address.Equals(Open));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task goes_to_no_other_address_when_the_public_one_does_not_answer(bool redirected)
    {
        await using var mixed = await Start(Closed);
        await using var origin = await Start(sendsTo: $"http://mixed.example:{mixed.Url().Port}/");
        var settings = Names([Open, Closed]);

        var failure = redirected
            ? await Failure(origin, settings, $"{Open}") : await Failure(mixed, settings, "mixed.example");

        failure.Failure.ShouldBe(FetchFailure.Connection);
        mixed.Requests.ShouldBeEmpty();
    }

    /// <summary>A resolver that gives these answers, one each time; the last again and again.</summary>
    private FetchSettings Names(params IPAddress[][] answers) => Public with
    {
        Resolve = (_, _) => Task.FromResult(answers[Math.Min(asked++, answers.Length - 1)]),
    };

    /// <summary>An origin that can be reached at all addresses, unless one is named.</summary>
    private Task<Origin> Start(IPAddress? at = null, string? sendsTo = null) => Origin.Answering(
        http =>
        {
            reached.Enqueue(http.Connection.LocalIpAddress!);
            if (sendsTo is null) return http.Response.WriteAsync("picture");
            http.Response.Redirect(sendsTo);
            return Task.CompletedTask;
        },
        at: at ?? IPAddress.Any);

    private static Task<Fetched> Fetch(Origin origin, FetchSettings settings, string host) =>
        Dlcs.Processing.Fetching.Fetch.ToFile(
            new($"http://{host}:{origin.Url().Port}/"), origin.File, settings, TestContext.Current.CancellationToken);

    private static async Task<FetchException> Failure(Origin origin, FetchSettings settings, string host) =>
        await Should.ThrowAsync<FetchException>(() => Fetch(origin, settings, host));
}
