using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Dlcs.Host;
using Dlcs.Host.Commands;
using Dlcs.Integration.Fetching;
using Dlcs.Integration.Servers;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.Ops;

/// <summary>What goes to machines of our own carries secrets: the environment's proxy does not get to see it.</summary>
public sealed class PassingByAProxy(Postgres postgres) : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "dlcs.dll");

    private readonly DataFolder folder = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task adds_pictures_where_the_data_folder_is_served()
    {
        await using var api = await Answering(StatusCodes.Status404NotFound, OnTheNetwork());
        await using var proxy = await Answering(StatusCodes.Status404NotFound);
        RunFile.Mine(api.Url("/"), api.Url("/")).Write(folder.Path);

        var (exit, said) = await Add(proxy);

        exit.ShouldBe(1, said);
        proxy.Requests.ShouldBeEmpty();
        api.Requests.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task asks_the_proxy_for_an_api_that_was_named()
    {
        await using var proxy = await Answering(StatusCodes.Status404NotFound);

        var (exit, said) = await Add(proxy, "--api", "http://dlcs.example.invalid");

        exit.ShouldBe(1, said);
        proxy.Requests.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task asks_a_store_of_ones_own_for_pixels()
    {
        await using var store = await Answering(StatusCodes.Status503ServiceUnavailable, OnTheNetwork());
        await using var proxy = await Answering(StatusCodes.Status503ServiceUnavailable);

        await using var serve = RunningOps.Start(
            folder.Path,
            [.. RunningOps.FreePorts, $"http_proxy={proxy.Url("/")}", "Storage=s3://pixels",
                $"S3__Endpoint={store.Url("/")}", "S3__AccessKey=key", "S3__SecretKey=sesame",
                $"ConnectionStrings__Postgres={await postgres.NewDatabase()}",
                "dotnet", Program, "serve", "--roles", "iiif"]);
        for (var tries = 0; store.Requests.IsEmpty && proxy.Requests.IsEmpty; tries++)
        {
            tries.ShouldBeLessThan(600, serve.Said);
            await Task.Delay(100, ct);
        }

        proxy.Requests.ShouldBeEmpty();
    }

    public void Dispose() => folder.Dispose();

    private static Task<Origin> Answering(int status, IPAddress? at = null) => Origin.Answering(
        http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        },
        at: at);

    /// <summary>An address of this machine that is not loopback's.</summary>
    private static IPAddress OnTheNetwork()
    {
        var address = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(each => each.GetIPProperties().UnicastAddresses).Select(each => each.Address)
            .FirstOrDefault(each => each.AddressFamily is AddressFamily.InterNetwork && !IPAddress.IsLoopback(each));
        Assert.SkipWhen(address is null, "this machine is in no network");
        return address!;
    }

    private Task<(int Exit, string Said)> Add(Origin proxy, params string[] more)
    {
        AdminKey.New(TimeProvider.System).Keep(folder.Path);
        return RunningOps.Run(
            folder.Path,
            ["env", "-u", "no_proxy", "-u", "NO_PROXY", $"http_proxy={proxy.Url("/")}", "dotnet", Program,
                "add", Path.Combine(RunningOps.Root, "ops/samples"), "--space", "a", "--data", folder.Path, .. more]);
    }
}
