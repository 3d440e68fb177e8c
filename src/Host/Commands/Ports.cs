using System.Net;
using System.Net.Sockets;

namespace Dlcs.Host.Commands;

internal static class Ports
{
    /// <exception cref="SettingException">One of them cannot be listened on.</exception>
    public static void MustBeFree(HostSettings settings)
    {
        MustBeFree(settings, settings.Port, "--port");
        MustBeFree(settings, settings.ApiPort, "--api-port");
    }

    private static void MustBeFree(HostSettings settings, int port, string option)
    {
        try
        {
            using var listener = new Socket(settings.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(new IPEndPoint(settings.Listen, port));
            listener.Listen();
        }
        catch (SocketException e)
        {
            throw new SettingException(Sentence(settings, port, option, e));
        }
    }

    private static string Sentence(HostSettings settings, int port, string option, SocketException e) =>
        e.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse
                when RunFile.Of(settings.Data) is { } run && (run.Api.Port == port || run.Public.Port == port) =>
                $"Port {port} is taken: process {run.Process} serves {settings.Data} already, at {run.Api}.",
            SocketError.AddressAlreadyInUse =>
                $"Port {port} is taken by another program: choose another one with {option}.",
            SocketError.AccessDenied =>
                $"Port {port} is not allowed to this user: choose one above 1023 with {option}.",
            SocketError.AddressNotAvailable =>
                $"{settings.Listen} is no address of this machine: choose another one with --listen.",
            _ => $"Port {port} on {settings.Listen} cannot be listened on: {e.Message}.",
        };
}
