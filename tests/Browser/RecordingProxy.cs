using System.Net;
using System.Net.Sockets;

namespace TfFlow.Browser.Tests;

/// <summary>Stands between a browser and a host, and keeps every byte that the browser sends.</summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly MemoryStream sent = new();
    private readonly CancellationTokenSource end = new();
    private readonly Uri host;
    private readonly Task accepting;

    public RecordingProxy(Uri host)
    {
        this.host = host;
        listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    /// <summary>Where the browser finds the host.</summary>
    public Uri Address { get; }

    public byte[] Sent
    {
        get
        {
            lock (sent)
            {
                return sent.ToArray();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await accepting;
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                _ = CarryAsync(await listener.AcceptTcpClientAsync(end.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using (browser)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(host.Host, host.Port, end.Token);
                await Task.WhenAny(CopyAsync(browser, server, keep: true), CopyAsync(server, browser, keep: false));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The browser or the test is done.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool keep)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.GetStream().ReadAsync(buffer, end.Token)) > 0;)
            {
                if (keep)
                {
                    lock (sent)
                    {
                        sent.Write(buffer, 0, read);
                    }
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), end.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two hung up.
        }
    }
}
