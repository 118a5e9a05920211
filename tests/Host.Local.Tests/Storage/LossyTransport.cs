using Azure.Core;
using Azure.Core.Pipeline;
using TfFlow.Host.Local.Storage;

namespace TfFlow.Host.Local.Tests.Storage;

/// <summary>Delivers every request, and loses the reply to some.</summary>
internal sealed class LossyTransport(Func<Request, bool> losesReply) : HttpPipelineTransport
{
    private readonly HttpPipelineTransport inner = new StoreOptions().Transport;

    public static StoreOptions LosingFirst(Func<Request, bool> isMeant)
    {
        var lost = 0;
        return new StoreOptions { Transport = new LossyTransport(request => isMeant(request) && Interlocked.Exchange(ref lost, 1) == 0), Retry = { Delay = TimeSpan.FromMilliseconds(1) } };
    }

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
