using Azure.Core;
using Azure.Core.Pipeline;

namespace TfFlow.Host.Local.Storage;

/// <summary>Watches each attempt: whether the store answers, and whether an attempt may have taken effect although its reply was lost.</summary>
internal sealed class AttemptPolicy(Uri endpoint, Reachability reachability) : HttpPipelinePolicy
{
    private static readonly object Lost = new();

    /// <summary>True when an earlier attempt of this message went out and its fate is unknown.</summary>
    public static bool WasReplyLost(HttpMessage message) => message.TryGetProperty(typeof(AttemptPolicy), out _);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch when (!message.CancellationToken.IsCancellationRequested)
        {
            message.SetProperty(typeof(AttemptPolicy), Lost);
            reachability.Failed(endpoint);
            throw;
        }

        if (message.Response.Status >= 500)
        {
            message.SetProperty(typeof(AttemptPolicy), Lost);
        }

        reachability.Answered(endpoint);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is called asynchronously only.");
}
