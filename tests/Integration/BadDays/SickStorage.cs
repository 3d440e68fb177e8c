using Dlcs.Host;
using Dlcs.Integration.Servers;
using Dlcs.Kernel.Storage.S3;
using Microsoft.AspNetCore.Http;

namespace Dlcs.Integration.BadDays;

/// <summary>A real radosgw of its own, and one before it who may answer instead.</summary>
internal sealed class SickStorage : SickEngine
{
    private readonly CephGateway gateway;
    private S3Front front = null!;
    private S3Settings settings = null!;
    private bool stopped;

    private SickStorage(CephGateway gateway) => this.gateway = gateway;

    public override string Name => $"The storage s3://{settings.Bucket}/";

    public static async Task<SickStorage> Start(Ceph ceph)
    {
        var bucket = await ceph.NewBucket();
        var storage = new SickStorage(await ceph.NewGateway());
        var there = storage.gateway.Settings(bucket.Bucket);
        storage.front = await S3Front.Before(there);
        storage.settings = storage.front.Lead(there) with { Retries = 1 };
        return storage;
    }

    public override HostSettings Lead(HostSettings settings) => settings with
    {
        S3 = this.settings with { Prefix = settings.Prefix },
    };

    public override async Task Begin(Evil evil)
    {
        switch (evil)
        {
            case Evil.Stopped:
                stopped = true;
                await gateway.Kill();
                break;
            case Evil.Restarted:
                await gateway.Kill();
                await gateway.StartAgain();
                break;
            case Evil.Slow:
                front.Answer = async http =>
                {
                    await Task.Delay(Slowness, http.RequestAborted);
                    return false;
                };
                break;
            case Evil.Garbage:
                front.Answer = http => S3Front.Say(http, 200, "<html>Welcome to nginx!</html>");
                break;
            case Evil.Full:
                front.Answer = http => HttpMethods.IsPut(http.Request.Method) || HttpMethods.IsPost(http.Request.Method)
                    ? S3Front.Refuse(http, 403, "QuotaExceeded") : Task.FromResult(false);
                break;
            case Evil.Refusing:
                front.Answer = http => S3Front.Refuse(http, 403, "InvalidAccessKeyId");
                break;
        }
    }

    public override async Task End()
    {
        if (stopped) await gateway.StartAgain();
        stopped = false;
        front.Answer = _ => Task.FromResult(false);
    }

    public override string Sentence(Evil evil) => evil switch
    {
        Evil.Slow => "it is slow",
        Evil.Garbage => "what answers there does not speak as S3 does",
        Evil.Full => "the store is full (403 QuotaExceeded)",
        Evil.Refusing => "the store refuses these credentials",
        _ => "cannot be reached",
    };

    public override async ValueTask DisposeAsync()
    {
        await front.DisposeAsync();
        await gateway.DisposeAsync();
    }
}
