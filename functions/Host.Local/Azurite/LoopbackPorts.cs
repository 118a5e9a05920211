using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TfFlow.Host.Local.Azurite;

/// <summary>Ports to listen on that are ours again after a restart.</summary>
internal static class LoopbackPorts
{
    // Below the ports that systems give to outgoing connections (Linux from 32768, others from 49152): one of those may be taken while we are down.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <returns>The first of so many neighbours.</returns>
    public static int FindFree(int count)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            if (Enumerable.Range(port, count).All(IsFree))
            {
                return port;
            }
        }

        throw new AzuriteException(AzuriteError.PortRefused, $"No free port between {First} and {Last} on 127.0.0.1: name ports that are.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
