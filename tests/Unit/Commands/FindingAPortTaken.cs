using System.Net;
using System.Net.Sockets;
using Dlcs.Host;
using Dlcs.Host.Commands;

namespace Dlcs.Unit.Commands;

public sealed class FindingAPortTaken : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dlcs-ports-").FullName;
    private readonly TcpListener taken = new(IPAddress.Loopback, 0);

    public FindingAPortTaken() => taken.Start();

    public void Dispose()
    {
        taken.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(true, "already, at http://localhost:")]
    [InlineData(false, "by another program: choose another one with --api-port")]
    public void names_who_serves_the_data_only_where_it_has_the_port(bool ours, string said)
    {
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var other = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        RunFile.Mine(At(ours ? port : 1), At(2)).Write(folder);

        Should.Throw<SettingException>(() => Ports.MustBeFree(
                new() { Data = folder, Storage = folder, Port = other, ApiPort = port }))
            .Message.ShouldContain(said);
    }

    private static Uri At(int port) => new($"http://localhost:{port}");
}
