using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace TfFlow.Host.Azure.Functions;

public sealed class ApiFunction(ApiPipeline api, BoundClient durable)
{
    /// <summary>Every request: the API routes it, and lets in whom its own table names.</summary>
    [Function("Api")]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        durable.Bind(client);
        await api.RunAsync(request.HttpContext);
        return new EmptyResult();
    }
}
