using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace TfFlow.Vault.Storage;

/// <summary>Sees each attempt of a call: whether the store answers, and whether an attempt may have taken effect although its reply was lost.</summary>
internal sealed class LostReplies(Reachability reachability) : HttpPipelinePolicy
{
    private const string Property = "TfFlow.Call";

    /// <summary>Watches the calls made until it is disposed.</summary>
    public static Call Watch() => new();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var call = message.TryGetProperty(Property, out var watched) ? (Call)watched! : null;
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch (Exception e) when (e is not AuthenticationFailedException && !message.CancellationToken.IsCancellationRequested)
        {
            call?.Lose();
            reachability.Failed(AddressOf(message));
            throw;
        }

        if (message.Response.Status >= 500)
        {
            call?.Lose();
        }

        if (reachability.IsLost)
        {
            reachability.Answered(AddressOf(message));
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is called asynchronously only.");

    private static string AddressOf(HttpMessage message) => message.Request.Uri.ToUri().GetLeftPart(UriPartial.Authority);

    public sealed class Call : IDisposable
    {
        private readonly IDisposable scope;

        public Call() => scope = HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Property] = this });

        /// <summary>True when an earlier attempt went out and its fate is unknown.</summary>
        public bool WasReplyLost { get; private set; }

        public void Lose() => WasReplyLost = true;

        public void Dispose() => scope.Dispose();
    }
}
