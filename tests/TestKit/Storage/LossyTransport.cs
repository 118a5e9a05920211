using Azure.Core;
using Azure.Core.Pipeline;
using TfFlow.Vault.Storage;

namespace TfFlow.TestKit.Storage;

/// <summary>Delivers every request, and loses the reply to some.</summary>
public sealed class LossyTransport(Func<Request, bool> losesReply) : HttpPipelineTransport
{
    private readonly HttpPipelineTransport inner = new StoreOptions().Transport;

    /// <summary>Loses the reply to the first request that is meant.</summary>
    public static StoreOptions LosingFirst(Func<Request, bool> isMeant)
    {
        var lost = 0;
        return new() { Transport = new LossyTransport(request => isMeant(request) && Interlocked.Exchange(ref lost, 1) == 0), Delay = TimeSpan.FromMilliseconds(1) };
    }

    /// <summary>Loses none, and shows every request.</summary>
    public static StoreOptions Showing(Action<Request> show) => new()
    {
        Transport = new LossyTransport(request =>
        {
            show(request);
            return false;
        }),
    };

    public override Request CreateRequest() => inner.CreateRequest();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        await inner.ProcessAsync(message);
        if (losesReply(message.Request))
        {
            message.Response.Dispose();
            throw new IOException("The connection broke.");
        }
    }

    public override void Process(HttpMessage message) => inner.Process(message);
}
