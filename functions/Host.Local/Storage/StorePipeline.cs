using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>The way to one service of an account: Azure.Core's pipeline.</summary>
internal sealed class StorePipeline(Uri endpoint, StoreOptions options, string version, HttpPipelinePolicy? signing)
{
    private readonly HttpPipeline pipeline = Build(endpoint, options, signing);

    /// <summary>The endpoint without a slash at its end.</summary>
    public string Address { get; } = endpoint.AbsoluteUri.TrimEnd('/');

    public HttpMessage CreateMessage(RequestMethod method, string pathAndQuery)
    {
        var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(Address + pathAndQuery));
        message.Request.Headers.SetValue("x-ms-version", version);
        return message;
    }

    /// <summary>Sends the message, retrying as the options say.</summary>
    /// <exception cref="StorageException"><see cref="StorageError.Unavailable"/> when no attempt was answered.</exception>
    public async ValueTask<Response> SendAsync(HttpMessage message, string operation, string resource, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.SendAsync(message, cancellationToken);
            return message.Response;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && ServiceErrors.IsTransport(exception))
        {
            throw ServiceErrors.Unreachable(operation, resource, endpoint, exception);
        }
    }

    private static HttpPipeline Build(Uri endpoint, StoreOptions options, HttpPipelinePolicy? signing)
    {
        HttpPipelinePolicy[] perRetry = signing is null
            ? [new AttemptPolicy(endpoint, options.Reachability)]
            : [new AttemptPolicy(endpoint, options.Reachability), signing];
        return HttpPipelineBuilder.Build(options, perCallPolicies: [], perRetryPolicies: perRetry, new ResponseClassifier());
    }
}
