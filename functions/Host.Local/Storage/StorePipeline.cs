using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>The way to one service of an account: Azure.Core's pipeline, over connections shared by the whole process.</summary>
internal sealed class StorePipeline(Uri endpoint, StoreOptions options, string version, HttpPipelinePolicy? signing)
{
    private static readonly HttpClientTransport Transport = new(new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4), // Azurite hangs up after five.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    private readonly HttpPipeline pipeline = Build(endpoint, options, signing);

    public Uri Endpoint { get; } = endpoint;

    public HttpMessage CreateMessage(RequestMethod method, string pathAndQuery)
    {
        var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(Endpoint.AbsoluteUri + pathAndQuery));
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
            throw ServiceErrors.Unreachable(operation, resource, Endpoint, exception);
        }
    }

    private static HttpPipeline Build(Uri endpoint, StoreOptions options, HttpPipelinePolicy? signing)
    {
        options.Transport = Transport;
        HttpPipelinePolicy[] perRetry = signing is null
            ? [new AttemptPolicy(endpoint, options.Reachability)]
            : [new AttemptPolicy(endpoint, options.Reachability), signing];
        return HttpPipelineBuilder.Build(options, perCallPolicies: [], perRetryPolicies: perRetry, new ResponseClassifier());
    }
}
