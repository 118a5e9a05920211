using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace TfFlow.Host.Local.Engine;

/// <summary>Says that a message is gone where Azurite says that its receipt is wrong: it became visible again, and somebody took it
/// up.</summary>
/// <remarks>The service's documentation has 404 for it, Azurite 3.37.0 answers 400 (findings/azurite-stale-receipt.sh). The engine
/// (2.11.2) knows 404 alone as gone. After any other answer it counts the message as one that it works on, and never takes it up
/// again.</remarks>
internal sealed class StaleReceipts : HttpPipelinePolicy
{
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        Check(message.Response);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ProcessNext(message, pipeline);
        Check(message.Response);
    }

    private static void Check(Response response)
    {
        if (response.Status == 400 && response.Headers.TryGetValue("x-ms-error-code", out var code) && code == "PopReceiptMismatch")
        {
            throw new RequestFailedException(
                404, "The message was taken up again: its receipt holds no longer.", "MessageNotFound", innerException: null);
        }
    }
}
